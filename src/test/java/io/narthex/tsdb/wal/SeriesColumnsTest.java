package io.narthex.tsdb.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.narthex.io.bytes.CorruptFileException;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesColumnsTest {

  private static final List<String> VALUES =
      List.of("a", "b", "GET", "ü", "日本", "seven77", "eight888", "nine99999", "");

  private static byte[] record(List<Labels> series) {
    WalBatch batch = new WalBatch(WalOptions.Compression.NONE);
    long ref = 7;
    for (Labels labels : series) {
      RecordEncoder.series(batch, ref++, labels);
    }
    batch.seal();
    return Arrays.copyOfRange(batch.bytes(), batch.start(0), batch.end(0));
  }

  @Test
  void givesBackRandomSeries() {
    Random random = new Random(42);
    SeriesColumns columns = new SeriesColumns();
    LabelTexts texts = new LabelTexts();
    for (int round = 0; round < 200; round++) {
      List<Labels> series = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(40); i++) {
        LabelsBuilder builder = new LabelsBuilder();
        for (int k = 0; k < random.nextInt(6); k++) {
          builder.add("n" + k, VALUES.get(random.nextInt(VALUES.size())) + random.nextInt(3));
        }
        series.add(builder.build());
      }
      byte[] record = record(series);
      columns.read(record, record.length, texts);
      assertEquals(series.size(), columns.size);
      for (int i = 0; i < series.size(); i++) {
        assertEquals(7 + i, columns.refs[i]);
        assertEquals(series.get(i), columns.labels[i]);
      }
    }
  }

  @Test
  void makesEachTextOnce() {
    LabelTexts texts = new LabelTexts();
    for (String text : List.of("", "job", "ü", "a text of more than eight bytes", "日本")) {
      byte[] first = ("x" + text).getBytes(StandardCharsets.UTF_8);
      byte[] second = ("yz" + text + "!").getBytes(StandardCharsets.UTF_8);
      int length = first.length - 1;
      String known = texts.text(first, 1, length);
      assertEquals(text, known);
      assertSame(known, texts.text(second, 2, length));
    }
  }

  @Test
  void keepsThousandsOfTextsApart() {
    LabelTexts texts = new LabelTexts();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 20_000; i++) {
        byte[] bytes = Integer.toString(i, 36).getBytes(StandardCharsets.UTF_8);
        assertEquals(Integer.toString(i, 36), texts.text(bytes, 0, bytes.length));
      }
    }
  }

  @Test
  void refusesWhatEndsWithinALabel() {
    byte[] record = record(List.of(Labels.of("job", "node")));
    SeriesColumns columns = new SeriesColumns();
    for (int length = 2; length < record.length; length++) {
      int cut = length;
      assertThrows(CorruptFileException.class, () -> columns.read(record, cut, new LabelTexts()));
    }
  }
}
