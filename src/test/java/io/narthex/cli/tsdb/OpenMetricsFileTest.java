package io.narthex.cli.tsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.model.exposition.ExpositionException;
import io.narthex.model.exposition.ExpositionParser;
import io.narthex.model.exposition.ExpositionParser.Entry;
import io.narthex.model.labels.LabelsBuilder;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Pieces of any size give the same entries.
class OpenMetricsFileTest {

  private static final String TEXT =
      """
      # HELP m some help
      # TYPE m gauge
      m{a="b"} 1.5 100
      m{a="line",c="d"} -2 100.25
      # TYPE h histogram
      h_bucket{le="1"} 3 100
      m 12345 101
      # EOF
      """;

  @Test
  void piecesOfAnySizeGiveTheSameEntries() {
    List<String> whole = entries(TEXT, TEXT.length() * 2);
    assertEquals(7, whole.size(), whole.toString());
    for (int pieceBytes = 1; pieceBytes < TEXT.length() + 2; pieceBytes++) {
      assertEquals(whole, entries(TEXT, pieceBytes), pieceBytes + " bytes at once");
    }
  }

  @Test
  void mistakesAreTheSameInPieces() {
    for (String bad : List.of("m 1 1\nm 1 1", "m 1 1\n", "m{ 1\n# EOF\n", "m 1 x\n# EOF\n")) {
      String whole = mistake(bad, 100);
      for (int pieceBytes = 1; pieceBytes < bad.length(); pieceBytes++) {
        assertEquals(whole, mistake(bad, pieceBytes), bad);
      }
    }
  }

  private static String mistake(String text, int pieceBytes) {
    return String.valueOf(
        assertThrows(ExpositionException.class, () -> entries(text, pieceBytes)).getMessage());
  }

  private static List<String> entries(String text, int pieceBytes) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    OpenMetricsFile file = new OpenMetricsFile(MemorySegment.ofArray(bytes), pieceBytes);
    ExpositionParser parser = file.parser();
    List<String> entries = new ArrayList<>();
    for (Entry entry = file.next(); entry != Entry.END; entry = file.next()) {
      if (entry == Entry.SERIES) {
        LabelsBuilder labels = new LabelsBuilder();
        parser.labels(labels);
        String time = parser.hasTimestamp() ? " " + parser.timestampMs() : "";
        entries.add(labels.build() + " " + parser.value() + time);
      } else {
        entries.add(entry + " " + parser.family());
      }
    }
    return entries;
  }
}
