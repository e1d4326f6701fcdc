package io.narthex.exporter.node;

import java.util.ArrayList;
import java.util.List;

/// A command line flag of the node exporter, without its leading dashes.
///
/// @param value what it is if it is not given; empty for none
public record NodeFlag(String name, Kind kind, String value, String help) {

  static final String DISKS = "^(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$";
  static final String MOUNT_POINTS =
      "^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)";
  static final String FS_TYPES =
      "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660"
          + "|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|erofs"
          + "|sysfs|tracefs)$";
  static final String NETSTAT =
      "^(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)"
          + "|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)"
          + "|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)"
          + "|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$";
  static final String VMSTAT = "^(oom_kill|pgpg|pswp|pg.*fault).*";

  /// What a flag's value is.
  public enum Kind {
    /// Given as `--name` or `--no-name`.
    SWITCH,
    TEXT,
    /// A regular expression in RE2's syntax.
    REGEX,
    /// May be given more than once.
    REPEATED
  }

  /// All flags but the switches of collectors, in the order of help.
  public static List<NodeFlag> all() {
    List<NodeFlag> all = new ArrayList<>();
    text(all, "path.procfs", "/proc", "procfs mountpoint.");
    text(all, "path.sysfs", "/sys", "sysfs mountpoint.");
    text(all, "path.rootfs", "/", "rootfs mountpoint.");
    text(all, "path.udev.data", "/run/udev/data", "udev data path.");
    toggle(all, "collector.disable-defaults", false, "Set all collectors to disabled by default.");
    toggle(
        all,
        "web.disable-exporter-metrics",
        false,
        "Exclude metrics about the exporter itself (promhttp_*, process_*, jvm_*).");
    devices(all);
    disks(all);
    network(all);
    regex(
        all,
        "collector.powersupply.ignored-supplies",
        "^$",
        "Regexp of power supplies to ignore for powersupplyclass collector.");
    toggle(all, "collector.rapl.enable-zone-label", false, "Name RAPL zones by a label.");
    toggle(all, "collector.stat.softirq", false, "Export softirq calls per vector");
    regex(
        all,
        "collector.tapestats.ignored-devices",
        "^$",
        "Regexp of devices to ignore for tapestats.");
    all.add(
        new NodeFlag(
            "collector.textfile.directory",
            Kind.REPEATED,
            "",
            "Directory to read text files with metrics from, supports glob matching."
                + " (repeatable)"));
    regex(
        all, "collector.vmstat.fields", VMSTAT, "Regexp of fields to return for vmstat collector.");
    return List.copyOf(all);
  }

  private static void devices(List<NodeFlag> all) {
    filter(all, "collector.arp.device", "", "arp devices");
    toggle(all, "collector.arp.netlink", true, "Accepted for compatibility.");
    toggle(all, "collector.cpu.guest", true, "Enables metric node_cpu_guest_seconds_total");
    toggle(all, "collector.cpu.info", false, "Enables metric cpu_info");
    regex(
        all,
        "collector.cpu.info.flags-include",
        "",
        "Filter the `flags` field in cpuInfo with a value that must be a regular expression");
    regex(
        all,
        "collector.cpu.info.bugs-include",
        "",
        "Filter the `bugs` field in cpuInfo with a value that must be a regular expression");
    filter(all, "collector.hwmon.chip", "", "hwmon chip");
    filter(all, "collector.hwmon.sensor", "", "hwmon sensor");
  }

  private static void disks(List<NodeFlag> all) {
    filter(all, "collector.diskstats.device", DISKS, "diskstats devices");
    filter(all, "collector.filesystem.mount-points", MOUNT_POINTS, "mount points");
    filter(all, "collector.filesystem.fs-types", FS_TYPES, "filesystem types");
    text(
        all,
        "collector.filesystem.mount-timeout",
        "5s",
        "how long to wait for a mount to respond before marking it as stale");
  }

  private static void network(List<NodeFlag> all) {
    regex(
        all,
        "collector.netclass.ignored-devices",
        "^$",
        "Regexp of net devices to ignore for netclass collector.");
    toggle(
        all,
        "collector.netclass.ignore-invalid-speed",
        false,
        "Ignore devices where the speed is invalid.");
    filter(all, "collector.netdev.device", "", "net devices");
    toggle(all, "collector.netdev.address-info", false, "Collect address-info for every device");
    toggle(
        all,
        "collector.netdev.enable-detailed-metrics",
        false,
        "Use (incompatible) metric names that provide more detailed stats on Linux");
    toggle(
        all,
        "collector.netdev.netlink",
        true,
        "Give what netlink gives and not only what /proc/net/dev has.");
    toggle(all, "collector.netdev.label-ifalias", false, "Add ifAlias label");
    regex(
        all,
        "collector.netstat.fields",
        NETSTAT,
        "Regexp of fields to return for netstat collector.");
  }

  private static void text(List<NodeFlag> all, String name, String value, String help) {
    all.add(new NodeFlag(name, Kind.TEXT, value, help));
  }

  private static void regex(List<NodeFlag> all, String name, String value, String help) {
    all.add(new NodeFlag(name, Kind.REGEX, value, help));
  }

  private static void toggle(List<NodeFlag> all, String name, boolean value, String help) {
    all.add(new NodeFlag(name, Kind.SWITCH, Boolean.toString(value), help));
  }

  /// The pair of `-exclude` and `-include`.
  private static void filter(List<NodeFlag> all, String name, String exclude, String what) {
    regex(
        all,
        name + "-exclude",
        exclude,
        "Regexp of " + what + " to exclude (mutually exclusive to include).");
    regex(
        all,
        name + "-include",
        "",
        "Regexp of " + what + " to include (mutually exclusive to exclude).");
  }
}
