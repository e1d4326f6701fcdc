package io.narthex.tsdb.chunk;

import java.util.Random;

/// Start timestamps of samples as they come: none, the same one, one that becomes known or unknown,
/// that changes at a sample whose number is a border of the format, or with each sample.
final class RandomStarts {

  private static final int[] CHANGES = {1, 2, 126, 127, 128, 129, 200};

  private RandomStarts() {}

  /// Time of a sample, but for some milliseconds.
  static long timeMs(int sample) {
    return 1_700_000_000_000L + sample * 15_000L;
  }

  /// Starts by sample, 0 for unknown.
  static long[] of(Random random, int count) {
    long[] starts = new long[count];
    int kind = random.nextInt(6);
    int change = CHANGES[random.nextInt(CHANGES.length)];
    long first = kind == 0 || kind == 2 ? 0 : timeMs(0) - random.nextInt(1 << 30);
    long then = kind == 1 || kind == 3 ? 0 : timeMs(0) + random.nextInt(1_000_000);
    for (int i = 0; i < count; i++) {
      starts[i] =
          switch (kind) {
            case 0 -> 0;
            case 1 -> first;
            case 2, 3, 4 -> i < change ? first : then;
            default ->
                random.nextInt(9) == 0 ? 0 : timeMs(i) - random.nextInt(1 << random.nextInt(30));
          };
    }
    return starts;
  }
}
