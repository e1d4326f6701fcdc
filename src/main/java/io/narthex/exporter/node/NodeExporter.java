package io.narthex.exporter.node;

import io.narthex.clock.Clock;
import io.narthex.exporter.Collector;
import io.narthex.exporter.CollectorRegistry;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelFiles;
import io.narthex.exporter.ProcFs;
import io.narthex.metrics.HttpMetrics.BuildInfo;
import io.narthex.metrics.Metrics.MetricSink;
import io.narthex.model.labels.LabelRegex;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// node_exporter: the collectors that the options enable, under one roof. Thread-safe.
public final class NodeExporter {

  private final CollectorRegistry registry;
  private final BuildInfo build;

  /// An exporter of this machine.
  public NodeExporter(NodeExporterOptions options, Clock clock, BuildInfo build) {
    this(options, new KernelFiles(options.roots()), clock, build);
  }

  /// An exporter that reads `fs`.
  public NodeExporter(NodeExporterOptions options, ProcFs fs, Clock clock, BuildInfo build) {
    this.build = build;
    Libc libc = new Libc();
    List<Collector> enabled = new ArrayList<>();
    for (Collector collector : collectors(options, fs, libc, clock)) {
      if (options.collectors().contains(collector.name())) {
        enabled.add(collector);
      }
    }
    registry = new CollectorRegistry("node", "node_exporter", enabled, CollectorNames.ALL, clock);
  }

  /// Names of the enabled collectors, sorted.
  public Set<String> collectors() {
    return registry.names();
  }

  /// Reads everything that the filters leave and hands it on in exposition order.
  ///
  /// @param collect values of `collect[]`
  /// @param exclude values of `exclude[]`
  /// @throws IllegalArgumentException with the text of the answer 400 if the filters are wrong
  public void collect(Set<String> collect, Set<String> exclude, MetricSink sink) {
    Families out = new Families();
    registry.collect(collect, exclude, out);
    String[] pairs = build.labels();
    String[] names = new String[pairs.length / 2];
    String[] values = new String[pairs.length / 2];
    for (int i = 0; i < names.length; i++) {
      names[i] = pairs[2 * i];
      values[i] = pairs[2 * i + 1];
    }
    out.gauge(
            "node_exporter_build_info",
            "A metric with a constant '1' value labeled by version, revision, branch, goversion"
                + " from which node_exporter was built, and the goos and goarch for the build.",
            names)
        .add(1, values);
    out.writeTo(sink);
  }

  private static List<Collector> collectors(
      NodeExporterOptions options, ProcFs fs, Libc libc, Clock clock) {
    List<Collector> all = new ArrayList<>();
    kernel(all, options, fs, libc, clock);
    storage(all, options, fs, libc, clock);
    network(all, options, fs, libc);
    hardware(all, options, fs);
    return all;
  }

  private static void kernel(
      List<Collector> all, NodeExporterOptions options, ProcFs fs, Libc libc, Clock clock) {
    all.add(cpu(options, fs));
    all.add(new CpufreqCollector(fs));
    all.add(new EntropyCollector(fs));
    all.add(new FilefdCollector(fs));
    all.add(new KernelHungCollector(fs));
    all.add(new LoadavgCollector(fs));
    all.add(new MeminfoCollector(fs));
    all.add(new OsCollector(fs));
    all.add(new PressureCollector(fs));
    all.add(new SchedstatCollector(fs));
    all.add(new StatCollector(fs, options.on("collector.stat.softirq")));
    all.add(new TimeCollector(fs, clock));
    all.add(new TimexCollector(libc));
    all.add(new UnameCollector(libc));
    all.add(new VmstatCollector(fs, options.regex("collector.vmstat.fields")));
  }

  private static CpuCollector cpu(NodeExporterOptions options, ProcFs fs) {
    CpuInfo info =
        new CpuInfo(
            fs,
            options.on("collector.cpu.info"),
            options.collectors().contains("cpufreq"),
            optional(options, "collector.cpu.info.flags-include"),
            optional(options, "collector.cpu.info.bugs-include"));
    return new CpuCollector(fs, new CpuTimes(options.on("collector.cpu.guest")), info);
  }

  private static @Nullable LabelRegex optional(NodeExporterOptions options, String flag) {
    return options.text(flag).isEmpty() ? null : options.regex(flag);
  }

  private static void storage(
      List<Collector> all, NodeExporterOptions options, ProcFs fs, Libc libc, Clock clock) {
    all.add(new DiskstatsCollector(fs, options.filter("collector.diskstats.device")));
    all.add(
        new FilesystemCollector(
            fs,
            libc,
            clock,
            options.filter("collector.filesystem.mount-points"),
            options.filter("collector.filesystem.fs-types"),
            options.durationMs("collector.filesystem.mount-timeout")));
    all.add(new BtrfsCollector(fs));
    all.add(new MdadmCollector(fs));
    all.add(new NvmeCollector(fs));
    all.add(new TapestatsCollector(fs, options.regex("collector.tapestats.ignored-devices")));
    all.add(new TextfileCollector(fs, options.textfileDirectories()));
    all.add(new XfsCollector(fs));
    all.add(new ZfsCollector(fs));
  }

  private static void network(
      List<Collector> all, NodeExporterOptions options, ProcFs fs, Libc libc) {
    all.add(new ArpCollector(fs, options.filter("collector.arp.device")));
    all.add(new BondingCollector(fs));
    all.add(new ConntrackCollector(fs));
    all.add(
        new NetclassCollector(
            fs,
            options.regex("collector.netclass.ignored-devices"),
            options.on("collector.netclass.ignore-invalid-speed")));
    all.add(
        new NetdevCollector(
            fs,
            new NetdevCollector.Options(
                options.filter("collector.netdev.device"),
                options.on("collector.netdev.enable-detailed-metrics"),
                options.on("collector.netdev.netlink"),
                options.on("collector.netdev.label-ifalias"),
                options.on("collector.netdev.address-info"))));
    all.add(new NetstatCollector(fs, options.regex("collector.netstat.fields")));
    all.add(new SockstatCollector(fs, libc.pageSizeBytes()));
    all.add(new SoftnetCollector(fs));
    all.add(new UdpQueuesCollector(fs));
  }

  private static void hardware(List<Collector> all, NodeExporterOptions options, ProcFs fs) {
    all.add(new DmiCollector(fs));
    all.add(new EdacCollector(fs));
    all.add(
        new HwmonCollector(
            fs, options.filter("collector.hwmon.chip"), options.filter("collector.hwmon.sensor")));
    all.add(
        new PowersupplyclassCollector(fs, options.regex("collector.powersupply.ignored-supplies")));
    all.add(new RaplCollector(fs, options.on("collector.rapl.enable-zone-label")));
    all.add(new SelinuxCollector(fs));
    all.add(new ThermalZoneCollector(fs));
    all.add(new WatchdogCollector(fs));
  }
}
