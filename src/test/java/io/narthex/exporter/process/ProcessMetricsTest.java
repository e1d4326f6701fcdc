package io.narthex.exporter.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.narthex.exporter.KernelFiles;
import io.narthex.exporter.ProcFs;
import io.narthex.metrics.Metrics.MetricSink;
import io.narthex.metrics.Metrics.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessMetricsTest {

  private final Map<String, Double> values = new TreeMap<>();
  private final MetricSink sink =
      new MetricSink() {
        @Override
        public void family(String name, String help, Type type) {}

        @Override
        public void sample(String name, List<String> labels, double value) {
          values.put(name + labels, value);
        }
      };

  @Test
  void readsAnInventedProcess(@TempDir Path proc) throws IOException {
    Files.createDirectories(proc.resolve("self/fd/3"));
    Files.createDirectories(proc.resolve("self/fd/4"));
    Files.createDirectories(proc.resolve("self/net"));
    Files.writeString(proc.resolve("stat"), "btime 1000\n");
    Files.writeString(
        proc.resolve("self/stat"),
        "7 (a) (b) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0 4 0 12345 99 17 0\n");
    Files.writeString(proc.resolve("self/status"), "Name:\ta\nVmSize:\t  20 kB\nVmRSS:\t  10 kB\n");
    Files.writeString(
        proc.resolve("self/limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max open files            1024                 4096                 files
        Max address space         unlimited            unlimited            bytes
        """);
    Files.writeString(
        proc.resolve("self/net/netstat"),
        "TcpExt: a\nTcpExt: 1\nIpExt: InOctets OutOctets\nIpExt: 30 40\n");
    new ProcessMetrics(files(proc)).collect(sink);
    assertEquals(
        Map.of(
            "process_cpu_seconds_total[]", 2.0,
            "process_start_time_seconds[]", 1123.45,
            "process_resident_memory_bytes[]", 10240.0,
            "process_virtual_memory_bytes[]", 20480.0,
            "process_open_fds[]", 2.0,
            "process_max_fds[]", 1024.0,
            "process_virtual_memory_max_bytes[]", 1.8446744073709552e19,
            "process_network_receive_bytes_total[]", 30.0,
            "process_network_transmit_bytes_total[]", 40.0),
        values);
  }

  @Test
  void whatCannotBeReadIsLeftOut(@TempDir Path proc) {
    new ProcessMetrics(files(proc)).collect(sink);
    assertEquals(Map.of(), values);
  }

  @Test
  void theVirtualMachineTellsOfItself() {
    new JvmMetrics().collect(sink);
    assertTrue(values.getOrDefault("jvm_memory_used_bytes[area, heap]", 0.0) > 0);
    assertTrue(values.getOrDefault("jvm_threads_current[]", 0.0) >= 1);
    assertTrue(values.getOrDefault("jvm_classes_loaded_total[]", 0.0) > 100);
  }

  private static ProcFs files(Path proc) {
    return new KernelFiles(new ProcFs.Roots(proc, proc, proc, proc));
  }
}
