package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/// `schedstat`: what the scheduler counts of each CPU, `/proc/schedstat`, in nanoseconds.
final class SchedstatCollector implements Collector {

  private final ProcFs fs;

  SchedstatCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "schedstat";
  }

  @Override
  public void collect(Families out) throws IOException {
    String text;
    try {
      text = fs.read(fs.proc("schedstat"));
    } catch (NoSuchFileException e) {
      throw new NoDataException("schedstat file does not exist", e);
    }
    for (String line : KernelText.lines(text)) {
      List<String> fields = KernelText.fields(line);
      if (line.startsWith("cpu") && fields.size() >= 10) {
        add(out, fields);
      }
    }
  }

  private static void add(Families out, List<String> fields) throws IOException {
    String cpu = fields.getFirst().substring(3);
    out.counter(
            "node_schedstat_running_seconds_total",
            "Number of seconds CPU spent running a process.",
            "cpu")
        .add(KernelText.unsigned(fields.get(7)) / 1e9, cpu);
    out.counter(
            "node_schedstat_waiting_seconds_total",
            "Number of seconds spent by processing waiting for this CPU.",
            "cpu")
        .add(KernelText.unsigned(fields.get(8)) / 1e9, cpu);
    out.counter("node_schedstat_timeslices_total", "Number of timeslices executed by CPU.", "cpu")
        .add(KernelText.unsigned(fields.get(9)), cpu);
  }
}
