package io.narthex.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

  private static final Shape SHAPE =
      Shape.of("config.plain")
          .add("text", FieldTypes.STRING)
          .add("flag", FieldTypes.BOOL)
          .add("count", FieldTypes.INT)
          .add("limit", FieldTypes.UINT)
          .add("ratio", FieldTypes.FLOAT)
          .add("wait", FieldTypes.DURATION)
          .add("size", FieldTypes.SIZE)
          .add("url", FieldTypes.URL)
          .add("secret", FieldTypes.SECRET)
          .add("list", ListTypes.STRINGS)
          .add("map", ListTypes.STRING_MAP)
          .build();

  private static Section read(String yaml) {
    return SHAPE.read(YamlReader.read("f.yml", yaml));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text: 1.50 | text: \"1.50\"",
        "text: yes | text: \"yes\"",
        "text: 'it''s' | text: it's",
        "text: 'a: b' | text: 'a: b'",
        "text: '' | {}",
        "text: ';' | text: ;",
        "text: '*' | text: '*'",
        "text: \"a\\tb\" | text: \"a\\tb\"",
        "flag: on | flag: true",
        "flag: Off | {}",
        "flag: y | flag: true",
        "count: 0x1f | count: 31",
        "count: 0o17 | count: 15",
        "count: 1_000 | count: 1000",
        "count: 1e3 | count: 1000",
        "count: -5 | count: -5",
        "ratio: 1 | ratio: 1",
        "ratio: .5 | ratio: 0.5",
        "wait: 90m | wait: 1h30m",
        "wait: 36h | wait: 1d12h",
        "size: 1024MB | size: 1GiB",
        "size: 1.5KB | size: 1KiB512B",
        "url: http://u:p@h/x?q | url: http://u:xxxxx@h/x?q",
        "secret: s3cr3t | secret: <secret>",
        "list: [a, 1, ~] | list:;- a;- \"1\";- \"\"",
        "map: {b: 1, a: x} | map:;  a: x;  b: \"1\"",
      })
  void valuesAndHowTheyArePrinted(String yaml, String printed) {
    assertEquals(
        printed.replace(";", printed.equals("text: ;") ? ";" : "\n") + "\n", read(yaml).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "flag: 1 | 1:7 | yaml: unmarshal errors:#  line 1: cannot unmarshal !!int `1` into bool",
        "flag: 'on' | 1:7 | yaml: unmarshal errors:#  line 1: cannot unmarshal !!str `on` into"
            + " bool",
        "limit: -1 | 1:8 | yaml: unmarshal errors:#  line 1: cannot unmarshal !!int `-1` into uint",
        "count: 1.5 | 1:8 | yaml: unmarshal errors:#  line 1: cannot unmarshal !!float `1.5` into"
            + " int",
        "text: [a] | 1:7 | yaml: unmarshal errors:#  line 1: cannot unmarshal !!seq into string",
        "list: a | 1:7 | yaml: unmarshal errors:#  line 1: cannot unmarshal !!str `a` into"
            + " []string",
        "map: [] | 1:6 | yaml: unmarshal errors:#  line 1: cannot unmarshal !!seq into"
            + " map[string]string",
        "wait: 5 | 1:7 | not a valid duration string: \"5\"",
        "wait: 1s1m | 1:7 | not a valid duration string: \"1s1m\"",
        "wait: 1.5h | 1:7 | unknown unit \".\" in duration \"1.5h\"",
        "size: 100 | 1:7 | units: unknown unit  in 100",
        "flaq: true | 1:1 | yaml: unmarshal errors:#  line 1: field flaq not found in type"
            + " config.plain (did you mean flag?)",
        "#nonsense: 1 | 2:1 | yaml: unmarshal errors:#  line 2: field nonsense not found in type"
            + " config.plain",
        "text: a#text: b | 2:1 | yaml: unmarshal errors:#  line 2: key \"text\" already set in map",
        "text: *x | 1:7 | yaml: unknown anchor 'x' referenced",
        "- a | 1:1 | yaml: unmarshal errors:#  line 1: cannot unmarshal !!seq into config.plain",
      })
  void mistakesHavePlaces(String yaml, String place, String message) {
    ConfigException e =
        assertThrows(ConfigException.class, () -> read(yaml.replace('#', '\n')), yaml);
    assertEquals(message.replace('#', '\n'), e.text());
    assertEquals("f.yml:" + place, e.place().toString());
    assertEquals(e.text() + " (f.yml:" + place + ")", e.getMessage());
  }

  @Test
  void anchorsAndMergeKeys() {
    String yaml =
        """
        map: &base {a: 1, b: 2}
        list: &l [x]
        """;
    assertEquals(List.of("x"), read(yaml).strings("list"));
    YamlNode merged =
        YamlReader.read("f.yml", "base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\n  z: 4\n");
    YamlNode use = ((YamlNode.Mapping) merged).entries().get(1).value();
    List<String> pairs =
        ((YamlNode.Mapping) use)
            .entries().stream()
                .map(e -> e.key() + "=" + ((YamlNode.Scalar) e.value()).text())
                .toList();
    assertEquals(List.of("y=3", "z=4", "x=1"), pairs);
  }

  @Test
  void emptyTextIsNothing() {
    assertEquals(SHAPE.defaults(Place.startOf("f.yml")), read(""));
    assertEquals(SHAPE.defaults(Place.startOf("f.yml")), read("# only a comment\n"));
  }

  @Test
  void secretsAreNotShown() {
    Section section = read("secret: hush");
    assertEquals("hush", section.secret("secret").reveal());
    assertEquals("<secret>", section.secret("secret").toString());
    assertEquals("", Secret.NONE.toString());
  }
}
