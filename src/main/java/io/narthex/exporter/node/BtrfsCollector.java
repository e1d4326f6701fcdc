package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.Families.Family;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `btrfs`: space and commits of Btrfs file systems, `/sys/fs/btrfs/<uuid>`. Error counts of
/// devices are not in sysfs.
final class BtrfsCollector implements Collector {

  private static final double SECTOR_BYTES = 512;

  private final ProcFs fs;

  BtrfsCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "btrfs";
  }

  @Override
  public void collect(Families out) throws IOException {
    for (String entry : fs.listIfThere(fs.sys("fs/btrfs"))) {
      if (entry.contains("-")) {
        fileSystem(out, fs.sys("fs/btrfs").resolve(entry), entry);
      }
    }
  }

  private void fileSystem(Families out, Path path, String entry) throws IOException {
    String given = text(path.resolve("metadata_uuid"));
    String uuid = given.isEmpty() ? entry : given;
    out.gauge("node_btrfs_info", "Filesystem information", "uuid", "label")
        .add(1, uuid, text(path.resolve("label")));
    out.gauge("node_btrfs_global_rsv_size_bytes", "Size of global reserve.", "uuid")
        .add(value(path.resolve("allocation/global_rsv_size")), uuid);
    commits(out, path, uuid);
    List<String> devices = fs.list(path.resolve("devices"));
    for (String device : devices) {
      out.gauge(
              "node_btrfs_device_size_bytes",
              "Size of a device that is part of the filesystem.",
              "uuid",
              "device")
          .add(
              SECTOR_BYTES * value(path.resolve("devices").resolve(device).resolve("size")),
              uuid,
              device);
    }
    for (String type : List.of("data", "metadata", "system")) {
      Path allocation = path.resolve("allocation").resolve(type);
      out.gauge(
              "node_btrfs_reserved_bytes",
              "Amount of space reserved for a data type",
              "uuid",
              "block_group_type")
          .add(value(allocation.resolve("bytes_reserved")), uuid, type);
      for (String mode : fs.list(allocation)) {
        if (fs.isDirectory(allocation.resolve(mode))) {
          layout(out, allocation.resolve(mode), new String[] {uuid, type, mode}, devices.size());
        }
      }
    }
  }

  private void commits(Families out, Path path, String uuid) throws IOException {
    Map<String, Double> stats = new HashMap<>();
    for (String line : KernelText.lines(text(path.resolve("commit_stats")))) {
      List<String> fields = KernelText.fields(line);
      if (fields.size() != 2) {
        throw new IOException("invalid commit_stats line \"" + line + '"');
      }
      stats.put(fields.getFirst(), KernelText.unsigned(fields.get(1)));
    }
    out.counter(
            "node_btrfs_commits_total", "The total number of commits that have occurred.", "uuid")
        .add(stats.getOrDefault("commits", 0.0), uuid);
    out.gauge(
            "node_btrfs_last_commit_seconds",
            "Duration of the most recent commit, in seconds.",
            "uuid")
        .add(stats.getOrDefault("last_commit_ms", 0.0) / 1000, uuid);
    out.gauge(
            "node_btrfs_max_commit_seconds", "Duration of the slowest commit, in seconds.", "uuid")
        .add(stats.getOrDefault("max_commit_ms", 0.0) / 1000, uuid);
    out.counter(
            "node_btrfs_commit_seconds_total",
            "Sum of the duration of all commits, in seconds.",
            "uuid")
        .add(stats.getOrDefault("total_commit_ms", 0.0) / 1000, uuid);
  }

  private void layout(Families out, Path path, String[] labels, int devices) throws IOException {
    String[] names = {"uuid", "block_group_type", "mode"};
    Family used =
        out.gauge("node_btrfs_used_bytes", "Amount of used space by a layout/data type", names);
    used.add(value(path.resolve("used_bytes")), labels);
    out.gauge("node_btrfs_size_bytes", "Amount of space allocated for a layout/data type", names)
        .add(value(path.resolve("total_bytes")), labels);
    out.gauge("node_btrfs_allocation_ratio", "Data allocation ratio for a layout/data type", names)
        .add(ratio(labels[2], devices), labels);
  }

  /// Bytes on disk for a byte of data.
  private static double ratio(String mode, double devices) {
    return switch (mode) {
      case "single", "raid0" -> 1;
      case "dup", "raid1", "raid10" -> 2;
      case "raid1c3" -> 3;
      case "raid1c4" -> 4;
      case "raid5" -> devices / (devices - 1);
      case "raid6" -> devices / (devices - 2);
      default -> 0;
    };
  }

  private String text(Path file) throws IOException {
    String text = fs.valueIfReadable(file);
    return text == null ? "" : text;
  }

  private double value(Path file) throws IOException {
    String text = text(file);
    return text.isEmpty() ? 0 : KernelText.unsigned(text);
  }
}
