package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import io.narthex.model.labels.LabelRegex;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// `tapestats`: SCSI tape drives, `/sys/class/scsi_tape/st*/stats`.
final class TapestatsCollector implements Collector {

  private static final double NANOSECOND = 0.000000001;

  private final ProcFs fs;
  private final LabelRegex ignored;

  TapestatsCollector(ProcFs fs, LabelRegex ignored) {
    this.fs = fs;
    this.ignored = ignored;
  }

  @Override
  public String name() {
    return "tapestats";
  }

  @Override
  public void collect(Families out) throws IOException {
    List<String> devices;
    try {
      devices = fs.list(fs.sys("class/scsi_tape"));
    } catch (NoSuchFileException e) {
      throw new NoDataException("scsi_tape stats not found, skipping", e);
    }
    for (String device : devices) {
      if (device.matches("st\\d+") && !ignored.matches(device)) {
        tape(out, fs.sys("class/scsi_tape").resolve(device).resolve("stats"), device);
      }
    }
  }

  private void tape(Families out, Path stats, String device) throws IOException {
    out.gauge(
            "node_tape_io_now",
            "The number of I/Os currently outstanding to this device.",
            "device")
        .add(fs.number(stats.resolve("in_flight")), device);
    add(
        out,
        "io_time_seconds_total",
        "The amount of time spent waiting for all I/O to complete (including read and write). This"
            + " includes tape movement commands such as seeking between file or set marks and"
            + " implicit tape movement such as when rewind on close tape devices are used.",
        fs.number(stats.resolve("io_ns")) * NANOSECOND,
        device);
    add(
        out,
        "io_others_total",
        "The number of I/Os issued to the tape drive other than read or write commands. The time"
            + " taken to complete these commands uses the following calculation"
            + " io_time_seconds_total-read_time_seconds_total-write_time_seconds_total",
        fs.number(stats.resolve("other_cnt")),
        device);
    direction(out, stats, device, "read", "read", "read");
    direction(out, stats, device, "write", "written", "written");
    add(
        out,
        "residual_total",
        "The number of times during a read or write we found the residual amount to be non-zero."
            + " This should mean that a program is issuing a read larger thean the block size on"
            + " tape. For write not all data made it to tape.",
        fs.number(stats.resolve("resid_cnt")),
        device);
  }

  private void direction(
      Families out, Path stats, String device, String kind, String done, String verb)
      throws IOException {
    add(
        out,
        done + "_bytes_total",
        "The number of bytes "
            + verb
            + (kind.equals("read") ? " from" : " to")
            + " the tape drive.",
        fs.number(stats.resolve(kind + "_byte_cnt")),
        device);
    add(
        out,
        kind + "s_completed_total",
        "The number of " + kind + " requests issued to the tape drive.",
        fs.number(stats.resolve(kind + "_cnt")),
        device);
    add(
        out,
        kind + "_time_seconds_total",
        "The amount of time spent waiting for " + kind + " requests to complete.",
        fs.number(stats.resolve(kind + "_ns")) * NANOSECOND,
        device);
  }

  private static void add(Families out, String name, String help, double value, String device) {
    out.counter("node_tape_" + name, help, "device").add(value, device);
  }
}
