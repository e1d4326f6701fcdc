package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// `cpufreq`: frequencies and governors of CPUs that are online; sysfs has kilohertz.
final class CpufreqCollector implements Collector {

  private static final String CPUS = "devices/system/cpu";

  /// File, name and help.
  private static final String[][] FREQUENCIES = {
    {"cpuinfo_cur_freq", "frequency_hertz", "Current CPU thread frequency in hertz."},
    {"cpuinfo_avg_freq", "frequency_avg_hertz", "Average CPU thread frequency in hertz."},
    {"cpuinfo_min_freq", "frequency_min_hertz", "Minimum CPU thread frequency in hertz."},
    {"cpuinfo_max_freq", "frequency_max_hertz", "Maximum CPU thread frequency in hertz."},
    {
      "scaling_cur_freq", "scaling_frequency_hertz", "Current scaled CPU thread frequency in hertz."
    },
    {
      "scaling_min_freq",
      "scaling_frequency_min_hertz",
      "Minimum scaled CPU thread frequency in hertz."
    },
    {
      "scaling_max_freq",
      "scaling_frequency_max_hertz",
      "Maximum scaled CPU thread frequency in hertz."
    },
  };

  private final ProcFs fs;

  CpufreqCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "cpufreq";
  }

  @Override
  public void collect(Families out) throws IOException {
    List<Integer> offline = CpuRange.parse(fs.value(fs.sys(CPUS + "/offline")));
    for (String cpu : fs.numbered(fs.sys(CPUS), "cpu")) {
      String number = cpu.substring(3);
      Path path = fs.sys(CPUS).resolve(cpu).resolve("cpufreq");
      if (!offline.contains((int) KernelText.unsigned(number)) && fs.isDirectory(path)) {
        cpu(out, path, number);
      }
    }
  }

  private void cpu(Families out, Path path, String cpu) throws IOException {
    for (String[] frequency : FREQUENCIES) {
      String value = fs.valueIfReadable(path.resolve(frequency[0]));
      if (value != null) {
        out.gauge("node_cpu_" + frequency[1], frequency[2], "cpu")
            .add(KernelText.unsigned(value) * 1000, cpu);
      }
    }
    String governor = fs.value(path.resolve("scaling_governor"));
    if (governor.isEmpty()) {
      return;
    }
    for (String name : fs.value(path.resolve("scaling_available_governors")).split(" ")) {
      out.gauge(
              "node_cpu_scaling_governor",
              "Current enabled CPU frequency governor.",
              "cpu",
              "governor")
          .add(name.equals(governor) ? 1 : 0, cpu, name);
    }
  }
}
