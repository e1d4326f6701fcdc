package io.narthex.exporter.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeExporterOptionsTest {

  @Test
  void everythingRunsByDefault() {
    NodeExporterOptions options = NodeExporterOptions.defaults();
    assertEquals(CollectorNames.ALL, options.collectors());
    assertEquals("/proc", options.roots().proc().toString());
    assertTrue(options.filter("collector.diskstats.device").ignores("sda1"));
    assertFalse(options.filter("collector.diskstats.device").ignores("sda"));
    assertTrue(options.filter("collector.filesystem.mount-points").ignores("/proc/sys"));
    assertFalse(options.filter("collector.filesystem.mount-points").ignores("/run"));
    assertEquals(5_000, options.durationMs("collector.filesystem.mount-timeout"));
  }

  @Test
  void collectorsAreSwitched() {
    assertFalse(parse("no-collector.cpu", "").collectors().contains("cpu"));
    assertFalse(parse("collector.cpu", "false").collectors().contains("cpu"));
    assertEquals(
        Set.of("cpu"), parse("collector.disable-defaults", "", "collector.cpu", "").collectors());
  }

  @Test
  void anIncludeTakesThePlaceOfTheDefaultExclude() {
    NodeFilterProbe probe =
        new NodeFilterProbe(parse("collector.diskstats.device-include", "sda1"));
    assertFalse(probe.ignoresDisk("sda1"));
    assertTrue(probe.ignoresDisk("sdb"));
  }

  @Test
  void textfileDirectoriesAreRepeated() {
    assertEquals(
        List.of("/a", "/b"),
        NodeExporterOptions.parse(Map.of("collector.textfile.directory", List.of("/a", "/b")))
            .textfileDirectories());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "collector.nosuch | '' | unknown long flag '--collector.nosuch'",
        "collector.cpu | maybe | --collector.cpu: parsing \"maybe\": invalid syntax",
        "no-path.procfs | /x | unknown long flag '--no-path.procfs'",
      })
  void wrongFlagsAreNamed(String flag, String value, String error) {
    assertEquals(error, error(Map.of(flag, List.of(value))));
  }

  @Test
  void wrongExpressionsAndContradictionsAreNamed() {
    String wrong = error(Map.of("collector.vmstat.fields", List.of("(")));
    assertTrue(wrong.startsWith("--collector.vmstat.fields: "), wrong);
    for (String name : List.of("diskstats", "netdev")) {
      String flag = "collector." + name + ".device-";
      assertEquals(
          "device-exclude & device-include are mutually exclusive",
          error(Map.of(flag + "include", List.of("a"), flag + "exclude", List.of("b"))));
    }
    assertEquals(
        "--collector.filesystem.fs-types-exclude and --collector.filesystem.fs-types-include are"
            + " mutually exclusive",
        error(
            Map.of(
                "collector.filesystem.fs-types-include", List.of("a"),
                "collector.filesystem.fs-types-exclude", List.of("b"))));
  }

  private static String error(Map<String, List<String>> flags) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> NodeExporterOptions.parse(flags))
            .getMessage());
  }

  private static NodeExporterOptions parse(String... flags) {
    Map<String, List<String>> map = new HashMap<>();
    for (int i = 0; i < flags.length; i += 2) {
      map.put(flags[i], List.of(flags[i + 1]));
    }
    return NodeExporterOptions.parse(map);
  }

  private record NodeFilterProbe(NodeExporterOptions options) {
    boolean ignoresDisk(String device) {
      return options.filter("collector.diskstats.device").ignores(device);
    }
  }
}
