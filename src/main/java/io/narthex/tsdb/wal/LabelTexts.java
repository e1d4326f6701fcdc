package io.narthex.tsdb.wal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The label names and values of a log, each as one string however often it comes: a log repeats
/// them for every series, and making them anew takes longer than all the rest of a replay.
///
/// A table by hash of the bytes, at most 3/4 full. Not thread-safe.
public final class LabelTexts {

  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Texts of ASCII only, so that characters and bytes are the same.
  private @Nullable String[] texts = new String[1024];

  private int[] hashes = new int[1024];
  private int count;

  /// All other texts: they are rare.
  private final Map<String, String> others = new HashMap<>();

  private byte[] scratch = new byte[256];

  /// The text whose UTF-8 bytes are `[at, at + length)` of `bytes`.
  String text(byte[] bytes, int at, int length) {
    long hash = SPREAD + length;
    long high = 0;
    int i = at;
    int end = at + length;
    for (; i + 8 <= end; i += 8) {
      long word = (long) LONG.get(bytes, i);
      high |= word;
      hash = (hash ^ word) * SPREAD;
      hash ^= hash >>> 29;
    }
    for (; i < end; i++) {
      high |= bytes[i];
      hash = (hash ^ bytes[i]) * SPREAD;
    }
    if ((high & HIGH_BITS) != 0) {
      String text = new String(bytes, at, length, StandardCharsets.UTF_8);
      String known = others.putIfAbsent(text, text);
      return known == null ? text : known;
    }
    return ascii(bytes, at, length, (int) (hash >>> 32));
  }

  private String ascii(byte[] bytes, int at, int length, int hash) {
    int mask = texts.length - 1;
    int slot = hash & mask;
    while (true) {
      String known = texts[slot];
      if (known == null) {
        break;
      }
      if (hashes[slot] == hash && isSame(known, bytes, at, length)) {
        return known;
      }
      slot = (slot + 1) & mask;
    }
    String text = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    texts[slot] = text;
    hashes[slot] = hash;
    count++;
    if (count * 4L > texts.length * 3L) {
      rehash();
    }
    return text;
  }

  /// Takes the characters as bytes, which is a plain copy and right for ASCII.
  @SuppressWarnings("deprecation")
  private boolean isSame(String known, byte[] bytes, int at, int length) {
    if (known.length() != length) {
      return false;
    }
    if (scratch.length < length) {
      scratch = new byte[length * 2];
    }
    known.getBytes(0, length, scratch, 0);
    return Arrays.equals(scratch, 0, length, bytes, at, at + length);
  }

  private void rehash() {
    @Nullable String[] old = texts;
    int[] oldHashes = hashes;
    texts = new String[old.length * 2];
    hashes = new int[old.length * 2];
    int mask = texts.length - 1;
    for (int i = 0; i < old.length; i++) {
      if (old[i] != null) {
        int slot = oldHashes[i] & mask;
        while (texts[slot] != null) {
          slot = (slot + 1) & mask;
        }
        texts[slot] = old[i];
        hashes[slot] = oldHashes[i];
      }
    }
  }
}
