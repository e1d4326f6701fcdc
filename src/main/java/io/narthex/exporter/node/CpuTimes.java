package io.narthex.exporter.node;

import io.narthex.exporter.Families;
import io.narthex.exporter.Families.Family;
import io.narthex.exporter.KernelText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The times of each CPU in `/proc/stat`, kept from one scrape to the next: some kernels let them
/// step back a little, which no counter may. A CPU whose idle time steps back far was unplugged and
/// begins anew. Thread-safe.
final class CpuTimes {

  /// Ticks a second in `/proc/stat`.
  private static final double USER_HZ = 100;

  private static final double JUMP_BACK_SECONDS = 3;

  private static final String[] MODES = {
    "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"
  };
  private static final int IDLE = 3;
  private static final int GUEST = 8;
  private static final int GUEST_NICE = 9;
  private static final int FIELDS = 10;

  private final boolean guest;
  private final Map<String, double[]> seconds = new TreeMap<>();

  /// @param guest whether to show the time of guests
  CpuTimes(boolean guest) {
    this.guest = guest;
  }

  synchronized void collect(List<String> lines, Families out) throws IOException {
    update(lines);
    Family all =
        out.counter(
            "node_cpu_seconds_total", "Seconds the CPUs spent in each mode.", "cpu", "mode");
    seconds.forEach((cpu, times) -> {
      for (int i = 0; i < MODES.length; i++) {
        all.add(times[i], cpu, MODES[i]);
      }
      if (guest) {
        out.counter(
                "node_cpu_guest_seconds_total",
                "Seconds the CPUs spent in guests (VMs) for each mode.",
                "cpu",
                "mode")
            .add(times[GUEST], cpu, "user")
            .add(times[GUEST_NICE], cpu, "nice");
      }
    });
  }

  private void update(List<String> lines) throws IOException {
    Map<String, double[]> now = new TreeMap<>();
    for (String line : lines) {
      if (line.startsWith("cpu") && line.length() > 3 && Character.isDigit(line.charAt(3))) {
        List<String> fields = KernelText.fields(line);
        now.put(fields.getFirst().substring(3), parse(fields));
      }
    }
    seconds.keySet().retainAll(now.keySet());
    now.forEach((cpu, times) -> seconds.merge(cpu, times, CpuTimes::neverBack));
  }

  private static double[] parse(List<String> fields) throws IOException {
    double[] times = new double[FIELDS];
    for (int i = 0; i < FIELDS && i + 1 < fields.size(); i++) {
      times[i] = KernelText.decimal(fields.get(i + 1)) / USER_HZ;
    }
    return times;
  }

  private static double[] neverBack(double[] before, double[] now) {
    if (before[IDLE] - now[IDLE] < JUMP_BACK_SECONDS) {
      for (int i = 0; i < FIELDS; i++) {
        now[i] = Math.max(before[i], now[i]);
      }
    }
    return now;
  }
}
