package io.narthex.testing;

import io.airlift.compress.v3.snappy.SnappyJavaDecompressor;
import io.narthex.io.bytes.BytesIn;
import io.narthex.model.labels.Labels;
import io.narthex.model.labels.LabelsBuilder;
import io.narthex.model.sample.Exemplar;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.storage.Appender;
import java.util.ArrayList;
import java.util.List;

/// A body of the remote-write protocol 1.0, as recorded: snappy over protobuf. Only what recorded
/// bodies use.
///
/// Source of the field numbers: prometheus `prompb/types.proto`.
public final class RemoteWriteBody {

  private final byte[] message;

  public RemoteWriteBody(byte[] compressed) {
    SnappyJavaDecompressor snappy = new SnappyJavaDecompressor();
    message = new byte[snappy.getUncompressedLength(compressed, 0)];
    snappy.decompress(compressed, 0, compressed.length, message, 0, message.length);
  }

  /// Stages all samples and exemplars; returns how many samples.
  public int stage(Appender appender) {
    int samples = 0;
    for (Field field : fields(message)) {
      if (field.number == 1) {
        samples += series(fields(field.bytes), appender);
      }
    }
    return samples;
  }

  private static int series(List<Field> series, Appender appender) {
    Labels labels = labels(series, 1);
    int samples = 0;
    int last = -1;
    for (Field field : series) {
      List<Field> f = field.bytes.length == 0 ? List.of() : fields(field.bytes);
      switch (field.number) {
        case 2 -> last = appender.append(0, labels, whole(f, 2), number(f, 1));
        case 4 -> last = appender.append(0, labels, whole(f, 15), histogram(f));
        default -> {
          continue;
        }
      }
      samples++;
    }
    for (Field field : series) {
      if (field.number == 3) {
        List<Field> f = fields(field.bytes);
        appender.exemplar(last, new Exemplar(labels(f, 1), number(f, 2), whole(f, 3), true));
      }
    }
    return samples;
  }

  private static Labels labels(List<Field> fields, int number) {
    LabelsBuilder labels = new LabelsBuilder();
    for (Field field : fields) {
      if (field.number == number) {
        List<Field> pair = fields(field.bytes);
        labels.set(text(pair, 1), text(pair, 2));
      }
    }
    return labels.build();
  }

  private static FloatHistogram histogram(List<Field> f) {
    return new FloatHistogram(
        FloatHistogram.ResetHint.UNKNOWN,
        (int) zigzag(whole(f, 4)),
        number(f, 5),
        whole(f, 6),
        whole(f, 1),
        number(f, 3),
        spans(f, 11),
        counts(f, 12),
        spans(f, 8),
        counts(f, 9),
        new double[0]);
  }

  private static int[] spans(List<Field> fields, int number) {
    List<Field> spans = fields.stream().filter(f -> f.number == number).toList();
    int[] pairs = new int[spans.size() * 2];
    for (int i = 0; i < spans.size(); i++) {
      List<Field> span = fields(spans.get(i).bytes);
      pairs[2 * i] = (int) zigzag(whole(span, 1));
      pairs[2 * i + 1] = (int) whole(span, 2);
    }
    return pairs;
  }

  /// Bucket counts out of their differences, packed or not.
  private static double[] counts(List<Field> fields, int number) {
    List<Long> deltas = new ArrayList<>();
    for (Field field : fields) {
      if (field.number == number && field.bytes.length > 0) {
        BytesIn in = BytesIn.of("deltas", field.bytes);
        while (in.hasRemaining()) {
          deltas.add(in.varint());
        }
      } else if (field.number == number) {
        deltas.add(zigzag(field.value));
      }
    }
    double[] counts = new double[deltas.size()];
    long count = 0;
    for (int i = 0; i < counts.length; i++) {
      count += deltas.get(i);
      counts[i] = count;
    }
    return counts;
  }

  /// One field: a number in `value` or a message, text or packed list in `bytes`.
  private record Field(int number, long value, byte[] bytes) {}

  private static List<Field> fields(byte[] message) {
    BytesIn in = BytesIn.of("remote write", message);
    List<Field> fields = new ArrayList<>();
    while (in.hasRemaining()) {
      long tag = in.uvarint();
      int number = (int) (tag >>> 3);
      fields.add(
          switch ((int) (tag & 7)) {
            case 0 -> new Field(number, in.uvarint(), new byte[0]);
            case 1 -> new Field(number, Long.reverseBytes(in.u64()), new byte[0]);
            case 2 -> new Field(number, 0, in.bytes(in.uvarint31()));
            default -> throw new IllegalArgumentException("wire type of tag " + tag);
          });
    }
    return fields;
  }

  private static long whole(List<Field> fields, int number) {
    return fields.stream().filter(f -> f.number == number).mapToLong(Field::value).sum();
  }

  private static double number(List<Field> fields, int number) {
    return Double.longBitsToDouble(whole(fields, number));
  }

  private static String text(List<Field> fields, int number) {
    for (Field field : fields) {
      if (field.number == number) {
        return new String(field.bytes, java.nio.charset.StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private static long zigzag(long value) {
    return value >>> 1 ^ -(value & 1);
  }
}
