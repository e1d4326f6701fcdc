package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `diskstats`: block devices of `/proc/diskstats`, described with what udev knows of them.
final class DiskstatsCollector implements Collector {

  private static final Logger LOG = System.getLogger(DiskstatsCollector.class.getName());

  private static final double SECTOR_BYTES = 512;

  /// The kernel's ticks are milliseconds. A factor, not a divisor: the last digit depends on it.
  private static final double TICK_SECONDS = 0.001;

  private static final int LEAST_FIELDS = 14;

  /// Columns behind the device's name, in the file's order. A gauge is one that does not end in
  /// `_total`.
  private static final List<Column> COLUMNS =
      List.of(
          new Column(
              "reads_completed_total", 1, "The total number of reads completed successfully."),
          new Column("reads_merged_total", 1, "The total number of reads merged."),
          new Column(
              "read_bytes_total", SECTOR_BYTES, "The total number of bytes read successfully."),
          new Column(
              "read_time_seconds_total",
              TICK_SECONDS,
              "The total number of seconds spent by all reads."),
          new Column(
              "writes_completed_total", 1, "The total number of writes completed successfully."),
          new Column("writes_merged_total", 1, "The number of writes merged."),
          new Column(
              "written_bytes_total",
              SECTOR_BYTES,
              "The total number of bytes written successfully."),
          new Column(
              "write_time_seconds_total",
              TICK_SECONDS,
              "This is the total number of seconds spent by all writes."),
          new Column("io_now", 1, "The number of I/Os currently in progress."),
          new Column("io_time_seconds_total", TICK_SECONDS, "Total seconds spent doing I/Os."),
          new Column(
              "io_time_weighted_seconds_total",
              TICK_SECONDS,
              "The weighted # of seconds spent doing I/Os."),
          new Column(
              "discards_completed_total",
              1,
              "The total number of discards completed successfully."),
          new Column("discards_merged_total", 1, "The total number of discards merged."),
          new Column(
              "discarded_sectors_total", 1, "The total number of sectors discarded successfully."),
          new Column(
              "discard_time_seconds_total",
              TICK_SECONDS,
              "This is the total number of seconds spent by all discards."),
          new Column(
              "flush_requests_total",
              1,
              "The total number of flush requests completed successfully"),
          new Column(
              "flush_requests_time_seconds_total",
              TICK_SECONDS,
              "This is the total number of seconds spent by all flush requests."));

  private final ProcFs fs;
  private final NameFilter devices;
  private final boolean udev;

  DiskstatsCollector(ProcFs fs, NameFilter devices) {
    this.fs = fs;
    this.devices = devices;
    udev = fs.isDirectory(fs.roots().udevData());
    if (!udev) {
      LOG.log(
          Level.DEBUG,
          "Failed to open directory, disabling udev device properties: {0}",
          fs.roots().udevData());
    }
  }

  @Override
  public String name() {
    return "diskstats";
  }

  @Override
  public void collect(Families out) throws IOException {
    for (String line : KernelText.lines(fs.read(fs.proc("diskstats")))) {
      List<String> fields = KernelText.fields(line);
      if (fields.size() >= LEAST_FIELDS && !devices.ignores(fields.get(2))) {
        device(out, fields);
      }
    }
  }

  private void device(Families out, List<String> fields) throws IOException {
    String device = fields.get(2);
    Map<String, String> info = udev ? udev(fields.get(0), fields.get(1)) : Map.of();
    DiskInfo.add(out, device, fields.get(0), fields.get(1), rotational(device), info);
    for (int i = 0; i < COLUMNS.size() && i + 3 < fields.size(); i++) {
      COLUMNS.get(i).add(out, device, KernelText.unsigned(fields.get(i + 3)));
    }
  }

  private String rotational(String device) throws IOException {
    // A slash in a device's name is an exclamation mark in sysfs.
    String entry = "block/" + device.replace('/', '!') + "/queue/rotational";
    return "1".equals(fs.valueIfReadable(fs.sys(entry))) ? "1" : "0";
  }

  private Map<String, String> udev(String major, String minor) throws IOException {
    Map<String, String> properties = new HashMap<>();
    String text = fs.valueIfReadable(fs.roots().udevData().resolve("b" + major + ':' + minor));
    for (String line : KernelText.lines(text == null ? "" : text)) {
      int equals = line.indexOf('=');
      if (line.startsWith("E:") && equals > 0) {
        properties.put(line.substring(2, equals), line.substring(equals + 1));
      }
    }
    return properties;
  }

  private record Column(String name, double factor, String help) {
    void add(Families out, String device, double value) {
      String family = "node_disk_" + name;
      (name.endsWith("_total")
              ? out.counter(family, help, "device")
              : out.gauge(family, help, "device"))
          .add(value * factor, device);
    }
  }
}
