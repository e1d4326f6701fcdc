package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `os`: the distribution, from os-release.
final class OsCollector implements Collector {

  private static final List<String> FILES = List.of("etc/os-release", "usr/lib/os-release");

  private static final String[] LABELS = {
    "build_id",
    "id",
    "id_like",
    "image_id",
    "image_version",
    "name",
    "pretty_name",
    "variant",
    "variant_id",
    "version",
    "version_codename",
    "version_id"
  };

  private final ProcFs fs;

  OsCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "os";
  }

  @Override
  public void collect(Families out) throws IOException {
    Map<String, String> release = read();
    String[] values = new String[LABELS.length];
    for (int i = 0; i < LABELS.length; i++) {
      values[i] = release.getOrDefault(LABELS[i].toUpperCase(Locale.ROOT), "");
    }
    out.gauge(
            "node_os_info",
            "A metric with a constant '1' value labeled by build_id, id, id_like, image_id,"
                + " image_version, name, pretty_name, variant, variant_id, version,"
                + " version_codename, version_id.",
            LABELS)
        .add(1, values);
    double version = majorMinor(release.getOrDefault("VERSION_ID", ""));
    if (version > 0) {
      out.gauge(
              "node_os_version",
              "Metric containing the major.minor part of the OS version.",
              "id",
              "id_like",
              "name")
          .add(
              version,
              release.getOrDefault("ID", ""),
              release.getOrDefault("ID_LIKE", ""),
              release.getOrDefault("NAME", ""));
    }
    supportEnd(out, release.getOrDefault("SUPPORT_END", ""));
  }

  private static void supportEnd(Families out, String date) throws IOException {
    if (date.isEmpty()) {
      return;
    }
    try {
      out.gauge(
              "node_os_support_end_timestamp_seconds",
              "Metric containing the end-of-life date timestamp of the OS.")
          .add(LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    } catch (DateTimeParseException e) {
      throw new IOException("SUPPORT_END of os-release is no date: " + date, e);
    }
  }

  private static double majorMinor(String version) {
    int end = 0;
    int dots = 0;
    while (end < version.length()) {
      char c = version.charAt(end);
      if (c == '.' && end > 0 && dots == 0) {
        dots++;
      } else if (c < '0' || c > '9') {
        break;
      }
      end++;
    }
    return end == 0 ? 0 : Double.parseDouble(version.substring(0, end));
  }

  private Map<String, String> read() throws IOException {
    for (String file : FILES) {
      try {
        return parse(fs.read(fs.roots().rootfs().resolve(file)));
      } catch (NoSuchFileException e) {
        // The next one may be there.
      }
    }
    throw new NoDataException("no os-release file found");
  }

  /// Assignments of a shell, the value bare or in quotes.
  private static Map<String, String> parse(String text) {
    Map<String, String> values = new HashMap<>();
    for (String line : KernelText.lines(text)) {
      int equals = line.indexOf('=');
      if (equals > 0 && line.charAt(0) != '#') {
        values.put(line.substring(0, equals).strip(), unquoted(line.substring(equals + 1).strip()));
      }
    }
    return values;
  }

  private static String unquoted(String value) {
    if (value.length() < 2) {
      return value;
    }
    char quote = value.charAt(0);
    boolean quoted = (quote == '"' || quote == '\'') && value.charAt(value.length() - 1) == quote;
    if (!quoted) {
      return value;
    }
    String inner = value.substring(1, value.length() - 1);
    return quote == '"' ? inner.replaceAll("\\\\([\"\\\\$`])", "$1") : inner;
  }
}
