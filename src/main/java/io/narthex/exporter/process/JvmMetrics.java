package io.narthex.exporter.process;

import io.narthex.metrics.Metrics.MetricSink;
import io.narthex.metrics.Metrics.Type;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What the virtual machine tells of itself, under the names of Prometheus' Java client.
public final class JvmMetrics {

  public JvmMetrics() {}

  /// Hands the families to `sink`.
  public void collect(MetricSink sink) {
    memory(sink);
    buffers(sink);
    collectors(sink);
    threads(sink);
    classes(sink);
    sink.family("jvm_runtime_info", "JVM runtime info", Type.GAUGE);
    sink.sample(
        "jvm_runtime_info",
        List.of(
            "runtime", System.getProperty("java.runtime.name", ""),
            "vendor", System.getProperty("java.vm.vendor", ""),
            "version", System.getProperty("java.runtime.version", "")),
        1);
  }

  private static void memory(MetricSink sink) {
    area(sink, "used", "Used bytes of a given JVM memory area.", MemoryUsage::getUsed);
    area(
        sink,
        "committed",
        "Committed (bytes) of a given JVM memory area.",
        MemoryUsage::getCommitted);
    area(sink, "max", "Max (bytes) of a given JVM memory area.", MemoryUsage::getMax);
    area(sink, "init", "Initial bytes of a given JVM memory area.", MemoryUsage::getInit);
  }

  private static void area(
      MetricSink sink, String what, String help, ToDoubleFunction<MemoryUsage> value) {
    var memory = ManagementFactory.getMemoryMXBean();
    String name = "jvm_memory_" + what + "_bytes";
    sink.family(name, help, Type.GAUGE);
    sink.sample(name, List.of("area", "heap"), value.applyAsDouble(memory.getHeapMemoryUsage()));
    sink.sample(
        name, List.of("area", "nonheap"), value.applyAsDouble(memory.getNonHeapMemoryUsage()));
  }

  private static void buffers(MetricSink sink) {
    pools(sink, "used_bytes", "Used bytes of a given JVM buffer pool.", b -> b.getMemoryUsed());
    pools(
        sink,
        "capacity_bytes",
        "Bytes capacity of a given JVM buffer pool.",
        b -> b.getTotalCapacity());
    pools(sink, "used_buffers", "Used buffers of a given JVM buffer pool.", b -> b.getCount());
  }

  private static void pools(
      MetricSink sink, String what, String help, ToDoubleFunction<BufferPoolMXBean> value) {
    String name = "jvm_buffer_pool_" + what;
    sink.family(name, help, Type.GAUGE);
    ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
        .forEach(b -> sink.sample(name, List.of("pool", b.getName()), value.applyAsDouble(b)));
  }

  private static void collectors(MetricSink sink) {
    sink.family(
        "jvm_gc_collection_seconds",
        "Time spent in a given JVM garbage collector in seconds.",
        Type.SUMMARY);
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      List<String> labels = List.of("gc", gc.getName());
      sink.sample("jvm_gc_collection_seconds_sum", labels, gc.getCollectionTime() / 1e3);
      sink.sample("jvm_gc_collection_seconds_count", labels, gc.getCollectionCount());
    }
  }

  private static void threads(MetricSink sink) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    add(
        sink,
        "jvm_threads_current",
        "Current thread count of a JVM",
        Type.GAUGE,
        threads.getThreadCount());
    add(
        sink,
        "jvm_threads_daemon",
        "Daemon thread count of a JVM",
        Type.GAUGE,
        threads.getDaemonThreadCount());
    add(
        sink,
        "jvm_threads_peak",
        "Peak thread count of a JVM",
        Type.GAUGE,
        threads.getPeakThreadCount());
    add(
        sink,
        "jvm_threads_started_total",
        "Started thread count of a JVM",
        Type.COUNTER,
        threads.getTotalStartedThreadCount());
  }

  private static void classes(MetricSink sink) {
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    add(
        sink,
        "jvm_classes_currently_loaded",
        "The number of classes that are currently loaded in the JVM",
        Type.GAUGE,
        classes.getLoadedClassCount());
    add(
        sink,
        "jvm_classes_loaded_total",
        "The total number of classes that have been loaded since the JVM has started execution",
        Type.COUNTER,
        classes.getTotalLoadedClassCount());
    add(
        sink,
        "jvm_classes_unloaded_total",
        "The total number of classes that have been unloaded since the JVM has started execution",
        Type.COUNTER,
        classes.getUnloadedClassCount());
  }

  private static void add(MetricSink sink, String name, String help, Type type, double value) {
    sink.family(name, help, type);
    sink.sample(name, List.of(), value);
  }
}
