package io.narthex.tsdb.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.io.disk.Disk;
import io.narthex.model.labels.MatchType;
import io.narthex.model.labels.Matcher;
import io.narthex.testing.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Blocks that the reference wrote, against what its own tool says of them.
class ReferenceBlocksTest {

  private static TreeMap<String, String> dump(Path data) {
    TreeMap<String, String> all = new TreeMap<>();
    for (Path directory : Disk.system().list(data)) {
      if (Ulid.isUlid(directory.getFileName().toString())) {
        try (Block block = Block.open(Disk.system(), directory)) {
          all.putAll(Dump.all(block));
        }
      }
    }
    return all;
  }

  private static void assertSame(Map<String, String> expected, Map<String, String> actual) {
    expected.forEach((key, value) -> assertEquals(value, actual.get(key), key));
    assertEquals(expected.size(), actual.size());
  }

  @Test
  void blocksOfPromtool() throws IOException {
    Path data = Conformance.path("tsdb/promtool_blocks");
    String text = Files.readString(Conformance.path("tsdb/promtool_blocks.dump"));
    assertSame(Dump.parse(text), dump(data));
  }

  @Test
  void blockOfAHeadWithHistograms() throws IOException {
    Path data = Conformance.path("tsdb/head_snapshot_block");
    String text = Files.readString(Conformance.path("tsdb/head_snapshot_block.dump"));
    TreeMap<String, String> ours = dump(data);
    Dump.parse(text).forEach((key, value) -> assertEquals(value, ours.get(key), key));
    // The tool's own text lacks the first samples of histogram series; meta.json counts them.
    assertEquals(917, ours.size());
  }

  @Test
  void indexOfVersionOne() throws IOException {
    Path data = Conformance.path("tsdb/index_format_v1/data");
    String text = Files.readString(Conformance.path("tsdb/index_format_v1/dump.txt"));
    assertSame(Dump.parse(text), dump(data));
    try (Block block = Block.open(Disk.system(), data.resolve("01000000000000000000000000"))) {
      assertEquals(1, block.index().version());
      assertEquals(1, Dump.of(block, 0, Long.MAX_VALUE, Matcher.equal("bar", "17")).size());
      try (var querier = block.querier(0, Long.MAX_VALUE)) {
        List<String> values = querier.labelValues("bar", 3, List.of());
        assertEquals(List.of("0", "1", "10"), values);
      }
    }
  }

  @Test
  void metaOfAnotherVersionIsRefused() {
    Path block = Conformance.path("tsdb/repair_index_version/01BZJ9WJQPWHGNC2W4J9TA62KC");
    CorruptFileException e =
        assertThrows(CorruptFileException.class, () -> Block.open(Disk.system(), block));
    assertTrue(String.valueOf(e.getMessage()).endsWith("unexpected meta file version 2"));
  }

  @Test
  void metaIsWrittenAsItWasRead() throws IOException {
    for (Path directory : Disk.system().list(Conformance.path("tsdb/promtool_blocks"))) {
      if (Ulid.isUlid(directory.getFileName().toString())) {
        BlockMeta meta = BlockMeta.read(Disk.system(), directory);
        assertEquals(
            Files.readString(directory.resolve("meta.json")), meta.toJson().toIndentedText());
        assertEquals(directory.getFileName().toString(), meta.ulid().toString());
      }
    }
  }

  @Test
  void figuresOfTheList() {
    Path data = Conformance.path("tsdb/promtool_blocks");
    try (Block block = Block.open(Disk.system(), data.resolve("01M81EK05VGJDMFAAGRJG9ZFTV"))) {
      assertEquals(6539, block.sizeBytes());
      assertEquals(26, block.meta().stats().series());
      assertEquals(26, block.index().all().toArray().length);
      assertEquals(5, block.index().labelNames(List.of()).size());
      assertEquals(12, block.index().labelValueCount("i"));
    }
  }

  @Test
  void matchersAgreeWithAskingEverySeries() {
    Path data = Conformance.path("tsdb/promtool_blocks");
    String[] names = {"__name__", "i", "job", "path", "z", "nope"};
    String[] values = {"", "1", "a", "/p0", "reqs_total", "special"};
    String[] regexes = {
      "", ".*", ".+", "a|b", "1.*", "1|", "/p[01]", "reqs.+|x", "(?i)A", "1?", "long_gauge", "[^a]"
    };
    try (Block block = Block.open(Disk.system(), data.resolve("01M81EK05VGJDMFAAGRJG9ZFTV"))) {
      TreeMap<String, String> all = Dump.all(block);
      for (String name : names) {
        for (MatchType type : MatchType.values()) {
          for (String value : type.isRegexp() ? regexes : values) {
            Matcher one = Matcher.of(type, name, value);
            Matcher two = Matcher.of(MatchType.NOT_REGEXP, "path", "/p1");
            agrees(block, all, one);
            agrees(block, all, one, two);
            agrees(block, all, Matcher.equal("job", "a"), one);
          }
        }
      }
    }
  }

  private static void agrees(Block block, TreeMap<String, String> all, Matcher... matchers) {
    TreeMap<String, String> expected = new TreeMap<>();
    var entry = block.index().newEntry();
    for (long id : block.index().all().toArray()) {
      var labels = entry.read(id).labels();
      boolean wanted = true;
      for (Matcher matcher : matchers) {
        wanted &= matcher.matches(labels);
      }
      if (wanted) {
        expected.putAll(all.subMap(labels + " ", labels + "!"));
      }
    }
    assertEquals(
        expected,
        Dump.of(block, Long.MIN_VALUE, Long.MAX_VALUE, matchers),
        List.of(matchers)::toString);
  }
}
