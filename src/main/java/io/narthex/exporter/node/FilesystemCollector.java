package io.narthex.exporter.node;

import io.narthex.clock.Clock;
import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.ProcFs;
import io.narthex.exporter.node.Libc.FileSystemSpace;
import io.narthex.exporter.node.Mounts.Mount;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// `filesystem`: space and inodes of mounts. A mount that has not answered an earlier scrape for
/// some time is not asked again until it does.
final class FilesystemCollector implements Collector {

  private static final String[] LABELS = {"device", "mountpoint", "fstype", "device_error"};

  private final ProcFs fs;
  private final Libc libc;
  private final Clock clock;
  private final NameFilter mountPoints;
  private final NameFilter types;
  private final long timeoutMs;
  private final Mounts mounts;

  /// When the question that a mount has not answered yet was put, by mount point.
  private final Map<String, Long> askedNs = new ConcurrentHashMap<>();

  /// @param timeoutMs after how long a mount counts as stuck
  FilesystemCollector(
      ProcFs fs, Libc libc, Clock clock, NameFilter mountPoints, NameFilter types, long timeoutMs) {
    this.fs = fs;
    this.libc = libc;
    this.clock = clock;
    this.mountPoints = mountPoints;
    this.types = types;
    this.timeoutMs = timeoutMs;
    mounts = new Mounts(fs);
  }

  @Override
  public String name() {
    return "filesystem";
  }

  @Override
  public void collect(Families out) throws IOException {
    Set<Mount> seen = new HashSet<>();
    for (Mount mount : mounts.list()) {
      boolean wanted = !mountPoints.ignores(mount.mountPoint()) && !types.ignores(mount.fsType());
      if (wanted && seen.add(mount)) {
        mount(out, mount);
      }
    }
  }

  private void mount(Families out, Mount mount) {
    Long since = askedNs.putIfAbsent(mount.mountPoint(), clock.nanoTime());
    if (since != null && clock.nanoTime() - since > timeoutMs * 1_000_000) {
      failed(out, mount, "mountpoint timeout", false);
      return;
    }
    try {
      space(out, mount, libc.statfs(mount.under(fs.roots().rootfs())));
    } catch (IOException e) {
      failed(out, mount, String.valueOf(e.getMessage()), mount.readOnly());
    } finally {
      if (since == null) {
        askedNs.remove(mount.mountPoint());
      }
    }
  }

  private static void failed(Families out, Mount mount, String error, boolean readOnly) {
    add(
        out,
        "device_error",
        "Whether an error occurred while getting statistics for the given device.",
        mount,
        error,
        1);
    add(out, "readonly", "Filesystem read-only status.", mount, error, readOnly ? 1 : 0);
  }

  private static void space(Families out, Mount mount, FileSystemSpace space) {
    add(
        out,
        "device_error",
        "Whether an error occurred while getting statistics for the given device.",
        mount,
        "",
        0);
    add(out, "readonly", "Filesystem read-only status.", mount, "", mount.readOnly() ? 1 : 0);
    add(out, "size_bytes", "Filesystem size in bytes.", mount, "", space.sizeBytes());
    add(out, "free_bytes", "Filesystem free space in bytes.", mount, "", space.freeBytes());
    add(
        out,
        "avail_bytes",
        "Filesystem space available to non-root users in bytes.",
        mount,
        "",
        space.availBytes());
    add(out, "files", "Filesystem total file nodes.", mount, "", space.files());
    add(out, "files_free", "Filesystem total free file nodes.", mount, "", space.filesFree());
    add(
        out,
        "purgeable_bytes",
        "Filesystem space available including purgeable space (MacOS specific).",
        mount,
        "",
        0);
    out.gauge(
            "node_filesystem_mount_info",
            "Filesystem mount information.",
            "device",
            "major",
            "minor",
            "mountpoint")
        .add(1, mount.device(), mount.major(), mount.minor(), mount.mountPoint());
  }

  private static void add(
      Families out, String name, String help, Mount mount, String error, double value) {
    out.gauge("node_filesystem_" + name, help, LABELS)
        .add(value, mount.device(), mount.mountPoint(), mount.fsType(), error);
  }
}
