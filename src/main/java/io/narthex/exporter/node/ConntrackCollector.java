package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/// `conntrack`: connection tracking, its table and what each CPU counted, summed.
final class ConntrackCollector implements Collector {

  /// Column of `/proc/net/stat/nf_conntrack`, name and help.
  private static final String[][] STATS = {
    {"2", "found", "Number of searched entries which were successful."},
    {"4", "invalid", "Number of packets seen which can not be tracked."},
    {"5", "ignore", "Number of packets seen which are already connected to a conntrack entry."},
    {"8", "insert", "Number of entries inserted into the list."},
    {"9", "insert_failed", "Number of entries for which list insertion was attempted but failed."},
    {"10", "drop", "Number of packets dropped due to conntrack failure."},
    {
      "11",
      "early_drop",
      "Number of dropped conntrack entries to make room for new ones, if maximum table size was"
          + " reached."
    },
    {
      "16",
      "search_restart",
      "Number of conntrack table lookups which had to be restarted due to hashtable resizes."
    },
  };

  private final ProcFs fs;

  ConntrackCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "conntrack";
  }

  @Override
  public void collect(Families out) throws IOException {
    try {
      out.gauge(
              "node_nf_conntrack_entries",
              "Number of currently allocated flow entries for connection tracking.")
          .add(fs.number(fs.proc("sys/net/netfilter/nf_conntrack_count")));
      out.gauge("node_nf_conntrack_entries_limit", "Maximum size of connection tracking table.")
          .add(fs.number(fs.proc("sys/net/netfilter/nf_conntrack_max")));
      stats(out, KernelText.lines(fs.read(fs.proc("net/stat/nf_conntrack"))));
    } catch (NoSuchFileException e) {
      throw new NoDataException("conntrack probably not loaded", e);
    }
  }

  private static void stats(Families out, List<String> lines) throws IOException {
    List<List<String>> cpus = lines.stream().skip(1).map(KernelText::fields).toList();
    for (List<String> cpu : cpus) {
      if (cpu.size() < 16 || cpu.size() > 17) {
        throw new IOException(
            "invalid conntrackstat entry, invalid number of fields: " + cpu.size());
      }
    }
    for (String[] stat : STATS) {
      int column = Integer.parseInt(stat[0]);
      double sum = 0;
      for (List<String> cpu : cpus) {
        sum += column < cpu.size() ? KernelText.unsigned(cpu.get(column), 16) : 0;
      }
      out.gauge("node_nf_conntrack_stat_" + stat[1], stat[2]).add(sum);
    }
  }
}
