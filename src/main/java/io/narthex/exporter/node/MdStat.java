package io.narthex.exporter.node;

import io.narthex.exporter.KernelText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An array of `/proc/mdstat`.
///
/// @param state `active`, `inactive`, `broken`, or what it does: `recovering`, `reshaping`,
///   `resyncing`, `checking`
record MdStat(
    String name,
    String state,
    long disksActive,
    long disksTotal,
    long disksFailed,
    long disksSpare,
    long blocks,
    long blocksSynced) {

  private static final Pattern STATUS =
      Pattern.compile("(\\d+) blocks .*\\[(\\d+)/(\\d+)\\] \\[([U_]+)\\]");
  private static final Pattern SYNCED = Pattern.compile("\\((\\d+)/\\d+\\)");

  static List<MdStat> parse(String text) throws IOException {
    List<MdStat> arrays = new ArrayList<>();
    List<String> lines = KernelText.lines(text);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank()
          && line.charAt(0) != ' '
          && !line.startsWith("unused")
          && !line.startsWith("Personalities")) {
        arrays.add(parse(lines, i));
      }
    }
    return arrays;
  }

  /// An array is a line of its devices, one of its disks, and perhaps a bitmap and what it does.
  private static MdStat parse(List<String> lines, int at) throws IOException {
    String line = lines.get(at);
    List<String> fields = KernelText.fields(line);
    if (fields.size() < 3 || at + 1 >= lines.size()) {
      throw new IOException("error parsing mdstatus: too few lines or fields: \"" + line + '"');
    }
    long[] disks = disks(line, lines.get(at + 1));
    long blocks = disks[2];
    String sync = at + 2 < lines.size() ? lines.get(at + 2) : "";
    if (sync.contains("bitmap") && at + 3 < lines.size()) {
      sync = lines.get(at + 3);
    }
    String doing = doing(sync);
    return new MdStat(
        fields.getFirst(),
        doing.isEmpty() ? fields.get(2) : doing,
        disks[0],
        disks[1],
        count(line, "(F)"),
        count(line, "(S)"),
        blocks,
        doing.isEmpty() ? blocks : synced(sync));
  }

  private static String doing(String line) {
    return line.contains("recovery")
        ? "recovering"
        : line.contains("reshape")
            ? "reshaping"
            : line.contains("check") ? "checking" : line.contains("resync") ? "resyncing" : "";
  }

  private static long synced(String line) throws IOException {
    if (line.contains("PENDING") || line.contains("DELAYED")) {
      return 0;
    }
    Matcher matcher = SYNCED.matcher(line);
    if (!matcher.find()) {
      throw new IOException("error parsing mdstatus: unexpected recovery line: \"" + line + '"');
    }
    return Long.parseLong(matcher.group(1));
  }

  /// Active disks, all disks, blocks.
  private static long[] disks(String devices, String status) throws IOException {
    List<String> fields = KernelText.fields(status);
    if (fields.isEmpty()) {
      throw new IOException("error parsing mdstatus: unexpected statusline \"" + status + '"');
    }
    long blocks = KernelText.signed(fields.getFirst());
    if (devices.contains("raid0") || devices.contains("linear")) {
      long total = count(devices, "[");
      return new long[] {total, total, blocks};
    }
    if (devices.contains("inactive")) {
      return new long[] {0, 0, blocks};
    }
    Matcher matcher = STATUS.matcher(status);
    if (!matcher.find()) {
      throw new IOException("error parsing mdstatus: unexpected statusline \"" + status + '"');
    }
    return new long[] {Long.parseLong(matcher.group(3)), Long.parseLong(matcher.group(2)), blocks};
  }

  private static long count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1L;
  }
}
