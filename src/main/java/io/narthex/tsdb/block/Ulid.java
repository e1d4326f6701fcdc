package io.narthex.tsdb.block;

import io.narthex.clock.Clock;
import java.util.random.RandomGenerator;

/// A name of 128 bits that sorts by the time it was given: 48 bits of milliseconds, 80 random ones.
/// Written as 26 characters of Crockford's base 32. Source: github.com/ulid/spec.
///
/// @param high time and the upper 16 random bits
/// @param low the lower 64 random bits
public record Ulid(long high, long low) implements Comparable<Ulid> {

  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 26;

  /// A new name.
  public static Ulid next(Clock clock, RandomGenerator random) {
    return new Ulid((clock.nowMs() << 16) | (random.nextLong() & 0xffff), random.nextLong());
  }

  /// Whether `text` is the text of a name.
  public static boolean isUlid(String text) {
    if (text.length() != LENGTH || text.charAt(0) > '7') {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      if (DIGITS.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /// @throws IllegalArgumentException if `text` is no such name
  public static Ulid parse(String text) {
    if (!isUlid(text)) {
      throw new IllegalArgumentException("not a ULID: \"" + text + "\"");
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < LENGTH; i++) {
      high = high << 5 | low >>> 59;
      low = low << 5 | DIGITS.indexOf(text.charAt(i));
    }
    return new Ulid(high, low);
  }

  /// When the name was given, in milliseconds since the epoch.
  public long timeMs() {
    return high >>> 16;
  }

  @Override
  public int compareTo(Ulid other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    char[] text = new char[LENGTH];
    long restHigh = high;
    long restLow = low;
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (restLow & 31));
      restLow = restLow >>> 5 | restHigh << 59;
      restHigh >>>= 5;
    }
    return new String(text);
  }
}
