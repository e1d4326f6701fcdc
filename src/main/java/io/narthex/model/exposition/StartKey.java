package io.narthex.model.exposition;

import java.util.Arrays;

/// What the samples of one counter, histogram or summary have in common with the `_created` line
/// that says since when it counts: a hash of the family's name and of the labels in any order. Only
/// for texts of one body; FNV-1a (public domain), scrambled as in MurmurHash3 (public domain).
final class StartKey {

  private static final long SEED = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private StartKey() {}

  /// @param offsets of names and values as in {@link ExpositionParser#offsets}
  /// @param nameLength bytes of the metric name that are the family's
  /// @param without the label that parts the samples of one histogram or summary
  /// @return never 0
  static long of(byte[] bytes, int[] offsets, int count, int nameLength, byte[] without) {
    long key = scrambled(hash(SEED, bytes, offsets[0], offsets[0] + nameLength));
    for (int i = 2; i < count; i += 4) {
      if (!is(bytes, offsets[i], offsets[i + 1], without)) {
        long name = scrambled(hash(SEED, bytes, offsets[i], offsets[i + 1]));
        key += scrambled(hash(name, bytes, offsets[i + 2], offsets[i + 3]));
      }
    }
    return key == 0 ? 1 : key;
  }

  private static boolean is(byte[] bytes, int from, int to, byte[] text) {
    return to - from == text.length && Arrays.equals(bytes, from, to, text, 0, to - from);
  }

  private static long hash(long seed, byte[] bytes, int from, int to) {
    long hash = seed;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * PRIME;
    }
    return hash;
  }

  private static long scrambled(long hash) {
    long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
