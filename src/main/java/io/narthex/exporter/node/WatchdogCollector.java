package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// `watchdog`: watchdog devices, `/sys/class/watchdog`.
final class WatchdogCollector implements Collector {

  /// File and family.
  private static final String[][] NUMBERS = {
    {"bootstatus", "bootstatus"},
    {"fw_version", "fw_version"},
    {"nowayout", "nowayout"},
    {"timeleft", "timeleft_seconds"},
    {"timeout", "timeout_seconds"},
    {"pretimeout", "pretimeout_seconds"},
    {"access_cs0", "access_cs0"},
  };

  private final ProcFs fs;

  WatchdogCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "watchdog";
  }

  @Override
  public void collect(Families out) throws IOException {
    List<String> devices;
    try {
      devices = fs.list(fs.sys("class/watchdog"));
    } catch (IOException e) {
      if (ProcFs.unreadable(e)) {
        throw new NoDataException("Could not read watchdog stats", e);
      }
      throw e;
    }
    for (String device : devices) {
      Path path = fs.sys("class/watchdog").resolve(device);
      for (String[] number : NUMBERS) {
        String value = fs.valueIfReadable(path.resolve(number[0]));
        if (value != null) {
          out.gauge(
                  "node_watchdog_" + number[1],
                  "Value of /sys/class/watchdog/<watchdog>/" + number[0],
                  "name")
              .add(KernelText.signed(value), device);
        }
      }
      out.gauge(
              "node_watchdog_info",
              "Info of /sys/class/watchdog/<watchdog>",
              "name",
              "options",
              "identity",
              "state",
              "status",
              "pretimeout_governor")
          .add(
              1,
              device,
              text(path, "options"),
              text(path, "identity"),
              text(path, "state"),
              text(path, "status"),
              text(path, "pretimeout_governor"));
    }
  }

  private String text(Path path, String file) throws IOException {
    String value = fs.valueIfReadable(path.resolve(file));
    return value == null ? "" : value;
  }
}
