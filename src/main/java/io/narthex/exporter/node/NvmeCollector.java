package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.NoDataException;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `nvme`: NVMe controllers and their namespaces, `/sys/class/nvme`.
final class NvmeCollector implements Collector {

  private static final Pattern NAMESPACE = Pattern.compile("nvme\\d+n(\\d+)");

  private final ProcFs fs;

  NvmeCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "nvme";
  }

  @Override
  public void collect(Families out) throws IOException {
    List<String> devices;
    try {
      devices = fs.list(fs.sys("class/nvme"));
    } catch (NoSuchFileException e) {
      throw new NoDataException("nvme statistics not found, skipping", e);
    }
    for (String device : devices) {
      Path path = fs.sys("class/nvme").resolve(device);
      out.gauge(
              "node_nvme_info",
              "Non-numeric data from /sys/class/nvme/<device>, value is always 1.",
              "device",
              "firmware_revision",
              "model",
              "serial",
              "state",
              "cntlid")
          .add(
              1,
              device,
              fs.value(path.resolve("firmware_rev")),
              fs.value(path.resolve("model")),
              fs.value(path.resolve("serial")),
              fs.value(path.resolve("state")),
              fs.value(path.resolve("cntlid")));
      for (String entry : fs.list(path)) {
        Matcher namespace = NAMESPACE.matcher(entry);
        if (namespace.matches()) {
          namespace(out, path.resolve(entry), device, namespace.group(1));
        }
      }
    }
  }

  private void namespace(Families out, Path path, String device, String id) throws IOException {
    double blockBytes = fs.number(path.resolve("queue/logical_block_size"));
    double sizeBytes = fs.number(path.resolve("size")) * blockBytes;
    double usedBytes = fs.number(path.resolve("nuse")) * blockBytes;
    String state = fs.valueIfReadable(path.resolve("ana_state"));
    out.gauge(
            "node_nvme_namespace_info",
            "Information about NVMe namespaces. Value is always 1",
            "device",
            "nsid",
            "ana_state")
        .add(1, device, id, state == null ? "unknown" : state);
    add(
        out,
        "capacity_bytes",
        "Capacity of the NVMe namespace in bytes. Computed as namespace_size *"
            + " namespace_logical_block_size",
        sizeBytes,
        device,
        id);
    add(
        out,
        "size_bytes",
        "Size of the NVMe namespace in bytes. Available in"
            + " /sys/class/nvme/<device>/<namespace>/size",
        sizeBytes,
        device,
        id);
    add(
        out,
        "used_bytes",
        "Used space of the NVMe namespace in bytes. Available in"
            + " /sys/class/nvme/<device>/<namespace>/nuse",
        usedBytes,
        device,
        id);
    add(
        out,
        "logical_block_size_bytes",
        "Logical block size of the NVMe namespace in bytes. Usually 4Kb. Available in"
            + " /sys/class/nvme/<device>/<namespace>/queue/logical_block_size",
        blockBytes,
        device,
        id);
  }

  private static void add(
      Families out, String name, String help, double value, String device, String id) {
    out.gauge("node_nvme_namespace_" + name, help, "device", "nsid").add(value, device, id);
  }
}
