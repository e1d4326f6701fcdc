package io.narthex.exporter.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole exporter against an invented machine. `expected.txt` was compared with what
/// node_exporter 1.11.1 shows of the same files; only what 1.12 added differs.
final class NodeExporterTest {

  /// Collectors that ask the real machine, or that the invented one does not have.
  private static final Map<String, List<String>> FLAGS =
      Map.of(
          "no-collector.timex", List.of(),
          "no-collector.uname", List.of(),
          "no-collector.filesystem", List.of(),
          "no-collector.selinux", List.of(),
          "no-collector.netdev", List.of(),
          "collector.stat.softirq", List.of());

  @TempDir Path root;

  private FixtureTree tree = new FixtureTree(Path.of(""));

  @BeforeEach
  void unpack() throws IOException {
    tree = FixtureTree.unpack(root);
  }

  @Test
  void showsTheInventedMachineAsNodeExporterDoes() throws IOException {
    Map<String, List<String>> flags = new java.util.HashMap<>(FLAGS);
    flags.put("collector.textfile.directory", List.of(root.resolve("t*").toString()));
    String page = FixtureTree.page(tree.exporter(flags), Set.of(), Set.of());
    String stable =
        page.lines()
            .filter(line ->
                !line.matches(
                    ".*(node_time_seconds|node_time_zone|node_scrape_collector_duration"
                        + "|node_exporter_build|node_textfile_mtime).*"))
            .map(line -> line.replace(root + "/", ""))
            .collect(Collectors.joining("\n", "", "\n"));
    assertEquals(FixtureTree.resource("expected.txt"), stable);
    assertTrue(page.contains("\nnode_time_seconds 1.7000000005e+09\n"), page);
    assertTrue(page.contains("node_exporter_build_info{branch=\"b\",goarch=\"arch\""), page);
  }

  @Test
  void everyCollectorHasItsNameInTheTable() {
    assertEquals(CollectorNames.ALL, tree.exporter(Map.of()).collectors());
  }

  @Test
  void filtersChooseCollectors() {
    NodeExporter exporter = tree.exporter(FLAGS);
    String only = FixtureTree.page(exporter, Set.of("loadavg"), Set.of());
    assertTrue(only.contains("node_load1 0.21"), only);
    assertFalse(only.contains("node_memory"), only);
    String without = FixtureTree.page(exporter, Set.of(), Set.of("loadavg", "nosuch"));
    assertFalse(without.contains("node_load1"), without);
    assertTrue(without.contains("node_memory_MemFree_bytes 2.30883328e+08"), without);
  }

  @Test
  void wrongFiltersAreRefusedInTheOriginalsWords() {
    NodeExporter exporter = tree.exporter(FLAGS);
    assertEquals(
        "Combined collect and exclude queries are not allowed.",
        refusal(exporter, Set.of("cpu"), Set.of("arp")));
    assertEquals(
        "Couldn't create filtered metrics handler: couldn't create collector: missing collector:"
            + " nosuch",
        refusal(exporter, Set.of("nosuch"), Set.of()));
    assertEquals(
        "Couldn't create filtered metrics handler: couldn't create collector: disabled collector:"
            + " uname",
        refusal(exporter, Set.of("uname"), Set.of()));
  }

  private static String refusal(NodeExporter exporter, Set<String> collect, Set<String> exclude) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class, () -> FixtureTree.page(exporter, collect, exclude))
            .getMessage());
  }

  @Test
  void aCollectorThatFailsCostsItsOwnSamplesOnly() throws IOException {
    NodeExporter exporter = tree.exporter(FLAGS);
    Files.writeString(root.resolve("proc/loadavg"), "not numbers at all");
    Files.delete(root.resolve("proc/meminfo"));
    Files.writeString(root.resolve("proc/mdstat"), "md1 : active raid1 sda[0]\n  garbage\n");
    String page = FixtureTree.page(exporter, Set.of(), Set.of());
    for (String name : List.of("loadavg", "meminfo", "mdadm")) {
      String line = "node_scrape_collector_success{collector=\"" + name + "\"} 0\n";
      assertTrue(page.contains(line), page);
    }
    assertFalse(page.contains("node_load1"), page);
    assertTrue(page.contains("node_scrape_collector_success{collector=\"stat\"} 1\n"), page);
  }

  @Test
  void anEmptyMachineHasNoDataAndNoFailure() throws IOException {
    FixtureTree empty = new FixtureTree(Files.createDirectory(root.resolve("empty")));
    String page = FixtureTree.page(empty.exporter(FLAGS), Set.of(), Set.of());
    assertTrue(page.contains("node_scrape_collector_success{collector=\"hwmon\"} 0\n"), page);
    assertTrue(page.contains("node_scrape_collector_success{collector=\"xfs\"} 1\n"), page);
    assertTrue(page.contains("node_textfile_scrape_error 0\n"), page);
  }

  @Test
  void idleTimeNeverStepsBackUnlessTheCpuWasUnplugged() throws IOException {
    NodeExporter exporter = tree.exporter(FLAGS);
    String idle = "node_cpu_seconds_total{cpu=\"1\",mode=\"idle\"} ";
    assertTrue(cpu(exporter, "cpu1 100 0 50 1000").contains(idle + "10\n"));
    assertTrue(cpu(exporter, "cpu1 100 0 50 900").contains(idle + "10\n"));
    assertTrue(cpu(exporter, "cpu1 100 0 50 700").contains(idle + "7\n"));
    assertFalse(cpu(exporter, "cpu0 1 1 1 1").contains("cpu=\"1\",mode"));
  }

  private String cpu(NodeExporter exporter, String line) throws IOException {
    Files.writeString(root.resolve("proc/stat"), line + "\n");
    return FixtureTree.page(exporter, Set.of("cpu"), Set.of());
  }

  @Test
  void mountsAreFilteredStrippedAndAsked() throws IOException {
    Files.createDirectory(root.resolve("mnt data"));
    Files.createDirectories(root.resolve("proc/1"));
    Files.writeString(
        root.resolve("proc/1/mountinfo"),
        """
        21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
        22 1 8:2 / %s/mnt\\040data ro,noatime - ext4 /dev/sda2 rw
        23 1 8:3 / /gone rw - ext4 /dev/sda3 rw
        24 1 0:5 / /proc rw - proc proc rw
        25 1 0:6 / /x rw - tmpfs tmpfs rw
        """
            .formatted(root));
    String page =
        FixtureTree.page(
            tree.exporter(Map.of("collector.filesystem.fs-types-exclude", List.of("^tmpfs$"))),
            Set.of("filesystem"),
            Set.of());
    assertTrue(
        page.contains(
            "node_filesystem_readonly{device=\"/dev/sda2\",device_error=\"\",fstype=\"ext4\","
                + "mountpoint=\"/mnt data\"} 1\n"),
        page);
    assertTrue(
        page.contains(
            "node_filesystem_device_error{device=\"/dev/sda3\","
                + "device_error=\"no such file or directory\",fstype=\"ext4\","
                + "mountpoint=\"/gone\"} 1\n"),
        page);
    assertTrue(
        page.contains(
            "node_filesystem_mount_info{device=\"/dev/sda1\",major=\"8\",minor=\"1\","
                + "mountpoint=\"/\"} 1\n"),
        page);
    assertFalse(page.contains("/proc"), page);
    assertFalse(page.contains("tmpfs"), page);
  }

  @Test
  void networkDevicesHaveClassicAndDetailedNames() throws IOException {
    Files.writeString(
        root.resolve("proc/net/dev"),
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
          eth0:68210035552 520993275 1 2 3 4 5 6 9315587528 43451486 7 8 9 10 11 12
            lo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
        """);
    Path statistics = Files.createDirectories(root.resolve("sys/class/net/eth0/statistics"));
    Files.writeString(statistics.resolve("rx_nohandler"), "17\n");
    Files.writeString(statistics.resolve("multicast"), "6\n");
    String classic = net(Map.of("collector.netdev.device-exclude", List.of("^lo$")));
    assertTrue(
        classic.contains("node_network_receive_bytes_total{device=\"eth0\"} 6.8210035552e+10\n"));
    assertTrue(classic.contains("node_network_transmit_carrier_total{device=\"eth0\"} 11\n"));
    assertTrue(classic.contains("node_network_receive_nohandler_total{device=\"eth0\"} 17\n"));
    assertFalse(classic.contains("device=\"lo\""), classic);
    String detailed =
        net(
            Map.of(
                "collector.netdev.device-include", List.of("^eth"),
                "collector.netdev.enable-detailed-metrics", List.of()));
    assertTrue(detailed.contains("node_network_multicast_total{device=\"eth0\"} 6\n"), detailed);
  }

  private String net(Map<String, List<String>> flags) {
    return FixtureTree.page(tree.exporter(flags), Set.of("netdev"), Set.of());
  }
}
