package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// `zfs`: kernel statistics of ZFS, `/proc/spl/kstat/zfs`.
final class ZfsCollector implements Collector {

  /// Part of the family's name and file.
  private static final String[][] FILES = {
    {"zfs_abd", "abdstats"},
    {"zfs_arc", "arcstats"},
    {"zfs_dbuf", "dbufstats"},
    {"zfs_dmu_tx", "dmu_tx"},
    {"zfs_dnode", "dnodestats"},
    {"zfs_fm", "fm"},
    {"zfs_vdev_cache", "vdev_cache_stats"},
    {"zfs_vdev_mirror", "vdev_mirror_stats"},
    {"zfs_xuio", "xuio_stats"},
    {"zfs_zfetch", "zfetchstats"},
    {"zfs_zil", "zil"},
  };

  private static final String[] STATES = {
    "online", "degraded", "faulted", "offline", "removed", "unavail", "suspended"
  };

  private static final String SIGNED = "3";
  private static final String UNSIGNED = "4";

  private final ProcFs fs;

  ZfsCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "zfs";
  }

  @Override
  public void collect(Families out) throws IOException {
    Path base = fs.proc("spl/kstat/zfs");
    if (!fs.isDirectory(base)) {
      throw new NoDataException("ZFS / ZFS statistics are not available");
    }
    for (String[] file : FILES) {
      String text = fs.valueIfReadable(base.resolve(file[1]));
      if (text != null) {
        global(out, file[0], file[1], text);
      }
    }
    for (String pool : fs.list(base)) {
      Path path = base.resolve(pool);
      if (fs.isDirectory(path)) {
        pool(out, path, pool);
      }
    }
  }

  private static void global(Families out, String subsystem, String file, String text)
      throws IOException {
    boolean any = false;
    for (String line : KernelText.lines(text)) {
      List<String> fields = KernelText.fields(line);
      if (isHeader(fields)) {
        any = true;
      } else if (any && fields.size() >= 3) {
        String field = fields.get(0);
        String kind = fields.get(1);
        if (kind.equals(UNSIGNED) || kind.equals(SIGNED)) {
          double value =
              kind.equals(SIGNED)
                  ? KernelText.signed(fields.get(2))
                  : KernelText.unsigned(fields.get(2));
          out.untyped(
                  "node_" + subsystem + '_' + metric(field), "kstat.zfs.misc." + file + '.' + field)
              .add(value);
        }
      }
    }
    if (!any) {
      throw new IOException("did not parse a single \"" + file + "\" metric");
    }
  }

  private static boolean isHeader(List<String> fields) {
    return fields.equals(List.of("name", "type", "data"));
  }

  /// The last part of a name with dots.
  private static String metric(String field) {
    return field.substring(field.lastIndexOf('.') + 1).replace('-', '_');
  }

  private void pool(Families out, Path path, String pool) throws IOException {
    for (String file : fs.list(path)) {
      if (file.equals("io")) {
        io(out, pool, KernelText.lines(fs.read(path.resolve(file))));
      } else if (file.startsWith("objset-")) {
        dataset(out, pool, KernelText.lines(fs.read(path.resolve(file))));
      } else if (file.equals("state")) {
        String state = fs.value(path.resolve(file)).toLowerCase(Locale.ROOT);
        for (String name : STATES) {
          out.gauge("node_zfs_zpool_state", "kstat.zfs.misc.state", "zpool", "state")
              .add(name.equals(state) ? 1 : 0, pool, name);
        }
      }
    }
  }

  private static void io(Families out, String pool, List<String> lines) throws IOException {
    List<String> names = List.of();
    for (String line : lines) {
      List<String> fields = KernelText.fields(line);
      if (names.isEmpty()) {
        names = fields.size() >= 12 && fields.getFirst().equals("nread") ? fields : names;
        continue;
      }
      for (int i = 0; i < names.size(); i++) {
        out.untyped(
                "node_zfs_zpool_" + metric(names.get(i)),
                "kstat.zfs.misc.io." + names.get(i),
                "zpool")
            .add(KernelText.unsigned(KernelText.field(fields, i, "zpool io")), pool);
      }
    }
  }

  private static void dataset(Families out, String pool, List<String> lines) throws IOException {
    String dataset = "";
    boolean begun = false;
    for (String line : lines) {
      List<String> fields = KernelText.fields(line);
      if (isHeader(fields)) {
        begun = true;
      } else if (begun && fields.size() >= 3) {
        if (fields.getFirst().equals("dataset_name")) {
          // The name may have spaces.
          dataset = line.substring(line.indexOf(fields.get(2)));
        } else if (fields.get(1).equals(UNSIGNED)) {
          out.untyped(
                  "node_zfs_zpool_dataset_" + metric(fields.getFirst()),
                  "kstat.zfs.misc.objset." + fields.getFirst(),
                  "zpool",
                  "dataset")
              .add(KernelText.unsigned(fields.get(2)), pool, dataset);
        }
      }
    }
  }
}
