package io.narthex.exporter.node;

import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The mounts of the machine, `/proc/1/mountinfo`; of this process where that may not be seen.
final class Mounts {

  private final ProcFs fs;

  Mounts(ProcFs fs) {
    this.fs = fs;
  }

  List<Mount> list() throws IOException {
    String text;
    try {
      text = fs.read(fs.proc("1/mountinfo"));
    } catch (NoSuchFileException e) {
      text = fs.read(fs.proc("self/mountinfo"));
    }
    List<Mount> mounts = new ArrayList<>();
    for (String line : KernelText.lines(text)) {
      mounts.add(parse(line));
    }
    return mounts;
  }

  /// `id parent major:minor root mount-point options [optional fields] - type source options`.
  private Mount parse(String line) throws IOException {
    String[] fields = line.split(" ", -1);
    int n = fields.length;
    if (n < 10 || !fields[n - 4].equals("-")) {
      throw new IOException("malformed mount string: " + line);
    }
    String[] device = fields[2].split(":", -1);
    if (device.length != 2) {
      throw new IOException("malformed mount point MajorMinorVer: \"" + fields[2] + '"');
    }
    boolean readOnly =
        has(fields[5], "ro") || has(fields[n - 1], "ro") || has(fields[n - 1], "emergency_ro");
    return new Mount(
        fields[n - 2],
        stripRoot(fields[4].replace("\\040", " ").replace("\\011", "\t")),
        fields[n - 3],
        device[0],
        device[1],
        readOnly);
  }

  private static boolean has(String options, String wanted) {
    return List.of(options.split(",")).contains(wanted);
  }

  /// In a container the machine's root lies under `rootfs`, and labels must not show that.
  private String stripRoot(String mountPoint) {
    String root = fs.roots().rootfs().toString();
    if (root.equals("/") || !mountPoint.startsWith(root)) {
      return mountPoint;
    }
    String stripped = mountPoint.substring(root.length());
    return stripped.isEmpty() ? "/" : stripped;
  }

  /// One mount. `major` and `minor` are of its device.
  record Mount(
      String device,
      String mountPoint,
      String fsType,
      String major,
      String minor,
      boolean readOnly) {

    /// Where this machine sees the mount.
    Path under(Path rootfs) {
      return Path.of(rootfs.toString(), mountPoint);
    }
  }
}
