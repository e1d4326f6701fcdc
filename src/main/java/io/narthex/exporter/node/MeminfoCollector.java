package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// `meminfo`: `/proc/meminfo`. Lines that node_exporter does not show are not shown here either.
final class MeminfoCollector implements Collector {

  private static final Set<String> BYTES =
      Set.of(
          ("Active Active_anon Active_file AnonHugePages AnonPages Bounce Buffers Cached CmaFree"
                  + " CmaTotal CommitLimit Committed_AS DirectMap1G DirectMap2M DirectMap4k Dirty"
                  + " HardwareCorrupted Hugepagesize Inactive Inactive_anon Inactive_file"
                  + " KernelStack Mapped MemAvailable MemFree MemTotal Mlocked NFS_Unstable"
                  + " PageTables Percpu SReclaimable SUnreclaim Shmem ShmemHugePages"
                  + " ShmemPmdMapped Slab SwapCached SwapFree SwapTotal Unevictable VmallocChunk"
                  + " VmallocTotal VmallocUsed Writeback WritebackTmp Zswap Zswapped")
              .split(" "));

  private static final Set<String> COUNTS =
      Set.of("HugePages_Free", "HugePages_Rsvd", "HugePages_Surp", "HugePages_Total");

  private final ProcFs fs;

  MeminfoCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "meminfo";
  }

  @Override
  public void collect(Families out) throws IOException {
    for (String line : KernelText.lines(fs.read(fs.proc("meminfo")))) {
      List<String> fields = KernelText.fields(line);
      double value = KernelText.unsigned(KernelText.field(fields, 1, "meminfo"));
      String field = fields.getFirst().replace(":", "").replace('(', '_').replace(")", "");
      if (COUNTS.contains(field)) {
        add(out, field, value);
      } else if (BYTES.contains(field)) {
        add(out, field + "_bytes", fields.size() > 2 ? value * 1024 : value);
      }
    }
  }

  private static void add(Families out, String field, double value) {
    out.gauge("node_memory_" + field, "Memory information field " + field + ".").add(value);
  }
}
