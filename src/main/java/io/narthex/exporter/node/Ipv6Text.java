package io.narthex.exporter.node;

/// IPv6 addresses in the short form of RFC 5952, which Java does not write.
final class Ipv6Text {

  private static final int GROUPS = 8;

  private Ipv6Text() {}

  /// @param bytes 16 of them
  static String of(byte[] bytes) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
    }
    int start = -1;
    int longest = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = zeros(groups, i);
      if (run > longest) {
        start = i;
        longest = run;
      }
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        out.append("::");
        i += longest - 1;
      } else {
        if (i > 0 && i != start + longest) {
          out.append(':');
        }
        out.append(Integer.toHexString(groups[i]));
      }
    }
    return out.toString();
  }

  private static int zeros(int[] groups, int from) {
    int i = from;
    while (i < GROUPS && groups[i] == 0) {
      i++;
    }
    return i - from;
  }
}
