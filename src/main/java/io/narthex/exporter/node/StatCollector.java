package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.util.List;

/// `stat`: the lines of `/proc/stat` that are not about single CPUs. What is missing is 0.
final class StatCollector implements Collector {

  private static final String[] VECTORS = {
    "hi", "timer", "net_tx", "net_rx", "block", "block_iopoll", "tasklet", "sched", "hrtimer", "rcu"
  };

  private final ProcFs fs;
  private final boolean softirq;

  /// @param softirq whether to show soft interrupts by vector
  StatCollector(ProcFs fs, boolean softirq) {
    this.fs = fs;
    this.softirq = softirq;
  }

  @Override
  public String name() {
    return "stat";
  }

  @Override
  public void collect(Families out) throws IOException {
    List<String> lines = KernelText.lines(fs.read(fs.proc("stat")));
    out.counter("node_intr_total", "Total number of interrupts serviced.")
        .add(first(lines, "intr"));
    out.counter("node_context_switches_total", "Total number of context switches.")
        .add(first(lines, "ctxt"));
    out.counter("node_forks_total", "Total number of forks.").add(first(lines, "processes"));
    out.gauge("node_boot_time_seconds", "Node boot time, in unixtime.").add(first(lines, "btime"));
    out.gauge("node_procs_running", "Number of processes in runnable state.")
        .add(first(lines, "procs_running"));
    out.gauge("node_procs_blocked", "Number of processes blocked waiting for I/O to complete.")
        .add(first(lines, "procs_blocked"));
    if (softirq) {
      softirq(lines, out);
    }
  }

  private static double first(List<String> lines, String key) throws IOException {
    for (String line : lines) {
      if (line.startsWith(key + ' ')) {
        int from = key.length() + 1;
        int end = line.indexOf(' ', from);
        return KernelText.unsigned(line.substring(from, end < 0 ? line.length() : end));
      }
    }
    return 0;
  }

  private static void softirq(List<String> lines, Families out) throws IOException {
    for (String line : lines) {
      if (line.startsWith("softirq ")) {
        List<String> fields = KernelText.fields(line);
        for (int i = 0; i < VECTORS.length; i++) {
          out.counter("node_softirqs_total", "Number of softirq calls.", "vector")
              .add(KernelText.unsigned(KernelText.field(fields, i + 2, "softirq")), VECTORS[i]);
        }
      }
    }
  }
}
