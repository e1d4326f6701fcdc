package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `cpu`: what each CPU spent its time with, which are online and isolated, how often they were
/// throttled.
final class CpuCollector implements Collector {

  private static final String CPUS = "devices/system/cpu";

  private final ProcFs fs;
  private final CpuTimes times;
  private final CpuInfo info;

  CpuCollector(ProcFs fs, CpuTimes times, CpuInfo info) {
    this.fs = fs;
    this.times = times;
    this.info = info;
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public void collect(Families out) throws IOException {
    info.collect(out);
    times.collect(KernelText.lines(fs.read(fs.proc("stat"))), out);
    isolated(out);
    List<String> cpus = fs.numbered(fs.sys(CPUS), "cpu");
    throttles(out, cpus);
    online(out, cpus);
  }

  private void isolated(Families out) throws IOException {
    String range = fs.valueIfReadable(fs.sys(CPUS + "/isolated"));
    if (range == null) {
      return;
    }
    for (int cpu : CpuRange.parse(range)) {
      out.gauge(
              "node_cpu_isolated",
              "Whether each core is isolated, information from /sys/devices/system/cpu/isolated.",
              "cpu")
          .add(1, Integer.toString(cpu));
    }
  }

  /// CPUs of one core, and cores of one package, share a count: the first of them tells it.
  private void throttles(Families out, List<String> cpus) throws IOException {
    Map<String, Double> packages = new TreeMap<>();
    Map<String, Map<String, Double>> cores = new TreeMap<>();
    for (String cpu : cpus) {
      Path path = fs.sys(CPUS).resolve(cpu);
      String packageId = fs.valueIfReadable(path.resolve("topology/physical_package_id"));
      String coreId = fs.valueIfReadable(path.resolve("topology/core_id"));
      if (packageId != null && coreId != null) {
        count(
            cores.computeIfAbsent(packageId, p -> new TreeMap<>()),
            coreId,
            path.resolve("thermal_throttle/core_throttle_count"));
        count(packages, packageId, path.resolve("thermal_throttle/package_throttle_count"));
      }
    }
    packages.forEach((id, count) ->
        out.counter(
                "node_cpu_package_throttles_total",
                "Number of times this CPU package has been throttled.",
                "package")
            .add(count, id));
    cores.forEach((packageId, counts) ->
        counts.forEach((id, count) ->
            out.counter(
                    "node_cpu_core_throttles_total",
                    "Number of times this CPU core has been throttled.",
                    "package",
                    "core")
                .add(count, packageId, id)));
  }

  private void count(Map<String, Double> counts, String id, Path file) throws IOException {
    if (!counts.containsKey(id)) {
      String value = fs.valueIfReadable(file);
      if (value != null) {
        counts.put(id, KernelText.unsigned(value));
      }
    }
  }

  private void online(Families out, List<String> cpus) throws IOException {
    for (String cpu : cpus) {
      String state;
      try {
        state = fs.value(fs.sys(CPUS).resolve(cpu).resolve("online"));
      } catch (NoSuchFileException e) {
        if (cpu.equals(cpus.getFirst())) {
          // A kernel without hotplug has no such files.
          return;
        }
        state = "0";
      }
      out.gauge("node_cpu_online", "CPUs that are online and being scheduled.", "cpu")
          .add(state.equals("1") ? 1 : 0, cpu.substring(3));
    }
  }
}
