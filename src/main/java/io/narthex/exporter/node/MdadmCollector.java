package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// `mdadm`: software RAID, `/proc/mdstat` and `/sys/block/md*/md`.
final class MdadmCollector implements Collector {

  /// Label and the state that `MdStat` calls it.
  private static final String[][] STATES = {
    {"active", "active"},
    {"inactive", "inactive"},
    {"recovering", "recovering"},
    {"resync", "resyncing"},
    {"check", "checking"},
  };

  /// Levels that a disk can be missing from.
  private static final Set<String> REDUNDANT = Set.of("raid1", "raid4", "raid5", "raid6", "raid10");

  private static final Set<String> CONTAINERS = Set.of("", "container", "imsm", "ddf");

  private final ProcFs fs;

  MdadmCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "mdadm";
  }

  @Override
  public void collect(Families out) throws IOException {
    String text;
    try {
      text = fs.read(fs.proc("mdstat"));
    } catch (NoSuchFileException e) {
      throw new NoDataException("Not collecting mdstat, file does not exist", e);
    }
    for (MdStat stat : MdStat.parse(text)) {
      stat(out, stat);
    }
    for (String device : fs.listIfThere(fs.sys("block"))) {
      Path path = fs.sys("block").resolve(device).resolve("md");
      if (device.startsWith("md") && fs.isDirectory(path)) {
        raid(out, path, device);
      }
    }
  }

  private static void stat(Families out, MdStat stat) {
    String device = stat.name();
    out.gauge("node_md_disks_required", "Total number of disks of device.", "device")
        .add(stat.disksTotal(), device);
    out.gauge("node_md_disks", "Number of active/failed/spare disks of device.", "device", "state")
        .add(stat.disksActive(), device, "active")
        .add(stat.disksFailed(), device, "failed")
        .add(stat.disksSpare(), device, "spare");
    for (String[] state : STATES) {
      out.gauge("node_md_state", "Indicates the state of md-device.", "device", "state")
          .add(stat.state().equals(state[1]) ? 1 : 0, device, state[0]);
    }
    out.gauge("node_md_blocks", "Total number of blocks on device.", "device")
        .add(stat.blocks(), device);
    out.gauge("node_md_blocks_synced", "Number of blocks synced on device.", "device")
        .add(stat.blocksSynced(), device);
  }

  private void raid(Families out, Path path, String device) throws IOException {
    String level = fs.value(path.resolve("level"));
    if (!CONTAINERS.contains(level)) {
      // While a reshape runs, the former number stands behind in parentheses.
      List<String> disks = KernelText.fields(fs.read(path.resolve("raid_disks")));
      if (!disks.isEmpty()) {
        out.gauge("node_md_raid_disks", "Number of raid disks on device.", "device")
            .add(KernelText.unsigned(disks.getFirst()), device);
      }
    }
    out.gauge("node_md_degraded", "Number of degraded disks on device.", "device")
        .add(REDUNDANT.contains(level) ? fs.number(path.resolve("degraded")) : 0, device);
  }
}
