package io.narthex.exporter.process;

import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import io.narthex.metrics.Metrics.MetricSink;
import io.narthex.metrics.Metrics.Type;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/// The families that every Prometheus client shows of its process, from `/proc/self`. On a system
/// without procfs there are none.
public final class ProcessMetrics {

  private static final Logger LOG = System.getLogger(ProcessMetrics.class.getName());

  /// Ticks a second in `/proc/self/stat`.
  private static final double USER_HZ = 100;

  /// Fields of `stat` behind the program's name in parentheses, counted from 0.
  private static final int UTIME = 11;

  private static final int STIME = 12;
  private static final int START = 19;

  /// What an unlimited resource is shown as: 2^64 - 1.
  private static final double UNLIMITED = 0x1p64;

  private final ProcFs fs;

  public ProcessMetrics(ProcFs fs) {
    this.fs = fs;
  }

  /// Hands the families to `sink`.
  public void collect(MetricSink sink) {
    part("stat", () -> stat(sink));
    part("status", () -> memory(sink));
    part("fd", () -> openFiles(sink));
    part("limits", () -> limits(sink));
    part("net/netstat", () -> network(sink));
  }

  private void part(String file, Part part) {
    try {
      part.read();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "no process metrics of /proc/self/{0}: {1}", file, e.toString());
    }
  }

  private void stat(MetricSink sink) throws IOException {
    String stat = fs.read(fs.proc("self/stat"));
    List<String> fields = KernelText.fields(stat.substring(stat.lastIndexOf(')') + 1));
    double ticks =
        KernelText.unsigned(KernelText.field(fields, UTIME, "stat"))
            + KernelText.unsigned(KernelText.field(fields, STIME, "stat"));
    add(
        sink,
        "process_cpu_seconds_total",
        "Total user and system CPU time spent in seconds.",
        Type.COUNTER,
        ticks / USER_HZ);
    double bootSeconds = value(KernelText.lines(fs.read(fs.proc("stat"))), "btime");
    add(
        sink,
        "process_start_time_seconds",
        "Start time of the process since unix epoch in seconds.",
        Type.GAUGE,
        bootSeconds + KernelText.unsigned(KernelText.field(fields, START, "stat")) / USER_HZ);
  }

  private void memory(MetricSink sink) throws IOException {
    List<String> lines = KernelText.lines(fs.read(fs.proc("self/status")));
    add(
        sink,
        "process_resident_memory_bytes",
        "Resident memory size in bytes.",
        Type.GAUGE,
        value(lines, "VmRSS:") * 1024);
    add(
        sink,
        "process_virtual_memory_bytes",
        "Virtual memory size in bytes.",
        Type.GAUGE,
        value(lines, "VmSize:") * 1024);
  }

  private void openFiles(MetricSink sink) throws IOException {
    add(
        sink,
        "process_open_fds",
        "Number of open file descriptors.",
        Type.GAUGE,
        fs.list(fs.proc("self/fd")).size());
  }

  private void limits(MetricSink sink) throws IOException {
    List<String> lines = KernelText.lines(fs.read(fs.proc("self/limits")));
    add(
        sink,
        "process_max_fds",
        "Maximum number of open file descriptors.",
        Type.GAUGE,
        limit(lines, "Max open files"));
    add(
        sink,
        "process_virtual_memory_max_bytes",
        "Maximum amount of virtual memory available in bytes.",
        Type.GAUGE,
        limit(lines, "Max address space"));
  }

  private static double limit(List<String> lines, String name) throws IOException {
    for (String line : lines) {
      if (line.startsWith(name)) {
        String soft = KernelText.field(KernelText.fields(line.substring(name.length())), 0, name);
        return soft.equals("unlimited") ? UNLIMITED : KernelText.unsigned(soft);
      }
    }
    throw new IOException("no line \"" + name + '"');
  }

  private void network(MetricSink sink) throws IOException {
    List<String> lines = KernelText.lines(fs.read(fs.proc("self/net/netstat")));
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      if (lines.get(i).startsWith("IpExt:")) {
        List<String> names = KernelText.fields(lines.get(i));
        List<String> values = KernelText.fields(lines.get(i + 1));
        add(
            sink,
            "process_network_receive_bytes_total",
            "Number of bytes received by the process over the network.",
            Type.COUNTER,
            KernelText.decimal(KernelText.field(values, names.indexOf("InOctets"), "netstat")));
        add(
            sink,
            "process_network_transmit_bytes_total",
            "Number of bytes sent by the process over the network.",
            Type.COUNTER,
            KernelText.decimal(KernelText.field(values, names.indexOf("OutOctets"), "netstat")));
      }
    }
  }

  private static double value(List<String> lines, String key) throws IOException {
    for (String line : lines) {
      List<String> fields = KernelText.fields(line);
      if (fields.size() > 1 && fields.getFirst().equals(key)) {
        return KernelText.unsigned(fields.get(1));
      }
    }
    throw new IOException("no line \"" + key + '"');
  }

  private static void add(MetricSink sink, String name, String help, Type type, double value) {
    sink.family(name, help, type);
    sink.sample(name, List.of(), value);
  }

  /// One file's share.
  private interface Part {
    void read() throws IOException;
  }
}
