package io.narthex.exporter.node;

import java.util.Set;

/// Names of all collectors of the node exporter; all of them run by default.
final class CollectorNames {

  static final Set<String> ALL =
      Set.of(
          "arp",
          "bonding",
          "btrfs",
          "conntrack",
          "cpu",
          "cpufreq",
          "diskstats",
          "dmi",
          "edac",
          "entropy",
          "filefd",
          "filesystem",
          "hwmon",
          "kernel_hung",
          "loadavg",
          "mdadm",
          "meminfo",
          "netclass",
          "netdev",
          "netstat",
          "nvme",
          "os",
          "powersupplyclass",
          "pressure",
          "rapl",
          "schedstat",
          "selinux",
          "sockstat",
          "softnet",
          "stat",
          "tapestats",
          "textfile",
          "thermal_zone",
          "time",
          "timex",
          "udp_queues",
          "uname",
          "vmstat",
          "watchdog",
          "xfs",
          "zfs");

  private CollectorNames() {}
}
