package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.util.List;

/// `softnet`: the receive path of each CPU, `/proc/net/softnet_stat`, hexadecimal columns of which
/// older kernels have fewer.
final class SoftnetCollector implements Collector {

  private static final int LEAST_COLUMNS = 9;

  private final ProcFs fs;

  SoftnetCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "softnet";
  }

  @Override
  public void collect(Families out) throws IOException {
    int line = 0;
    for (String text : KernelText.lines(fs.read(fs.proc("net/softnet_stat")))) {
      List<String> columns = KernelText.fields(text);
      int width = columns.size();
      if (width < LEAST_COLUMNS) {
        throw new IOException(
            "detected " + width + " columns, but expected at least " + LEAST_COLUMNS);
      }
      String cpu = width >= 13 ? Long.toString((long) hex(columns, 12)) : Integer.toString(line);
      line++;
      add(out, "processed_total", "Number of processed packets", cpu, hex(columns, 0));
      add(out, "dropped_total", "Number of dropped packets", cpu, hex(columns, 1));
      add(
          out,
          "times_squeezed_total",
          "Number of times processing packets ran out of quota",
          cpu,
          hex(columns, 2));
      add(
          out,
          "cpu_collision_total",
          "Number of collision occur while obtaining device lock while transmitting",
          cpu,
          hex(columns, 8));
      add(
          out,
          "received_rps_total",
          "Number of times cpu woken up received_rps",
          cpu,
          hex(columns, 9));
      add(
          out,
          "flow_limit_count_total",
          "Number of times flow limit has been reached",
          cpu,
          hex(columns, 10));
      out.gauge("node_softnet_backlog_len", "Softnet backlog status", "cpu")
          .add(width >= 13 ? hex(columns, 11) : 0, cpu);
    }
  }

  private static double hex(List<String> columns, int i) throws IOException {
    return i < columns.size() ? KernelText.unsigned(columns.get(i), 16) : 0;
  }

  private static void add(Families out, String name, String help, String cpu, double value) {
    out.counter("node_softnet_" + name, help, "cpu").add(value, cpu);
  }
}
