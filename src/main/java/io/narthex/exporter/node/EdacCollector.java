package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import java.io.IOException;
import java.nio.file.Path;

/// `edac`: memory errors by controller, row and channel.
final class EdacCollector implements Collector {

  private static final String ROW_CORRECTABLE = "node_edac_csrow_correctable_errors_total";
  private static final String ROW_UNCORRECTABLE = "node_edac_csrow_uncorrectable_errors_total";
  private static final String COUNT = "_ce_count";

  private final ProcFs fs;

  EdacCollector(ProcFs fs) {
    this.fs = fs;
  }

  @Override
  public String name() {
    return "edac";
  }

  @Override
  public void collect(Families out) throws IOException {
    Path controllers = fs.sys("devices/system/edac/mc");
    for (String name : fs.numbered(controllers, "mc")) {
      Path path = controllers.resolve(name);
      String controller = name.substring(2);
      out.counter(
              "node_edac_correctable_errors_total",
              "Total correctable memory errors.",
              "controller")
          .add(fs.number(path.resolve("ce_count")), controller);
      row(out, path.resolve("ce_noinfo_count"), true, controller, "unknown");
      out.counter(
              "node_edac_uncorrectable_errors_total",
              "Total uncorrectable memory errors.",
              "controller")
          .add(fs.number(path.resolve("ue_count")), controller);
      row(out, path.resolve("ue_noinfo_count"), false, controller, "unknown");
      for (String row : fs.numbered(path, "csrow")) {
        rows(out, path.resolve(row), controller, row.substring("csrow".length()));
      }
    }
  }

  private void rows(Families out, Path path, String controller, String row) throws IOException {
    row(out, path.resolve("ce_count"), true, controller, row);
    row(out, path.resolve("ue_count"), false, controller, row);
    for (String file : fs.numbered(path, "ch")) {
      if (file.endsWith(COUNT)) {
        String channel = file.substring(2, file.length() - COUNT.length());
        channel(out, path, new String[] {controller, row, channel, dimm(path, channel)});
      }
    }
  }

  private void row(Families out, Path file, boolean correctable, String controller, String row)
      throws IOException {
    out.counter(
            correctable ? ROW_CORRECTABLE : ROW_UNCORRECTABLE,
            "Total " + (correctable ? "" : "un") + "correctable memory errors for this csrow.",
            "controller",
            "csrow")
        .add(fs.number(file), controller, row);
  }

  private void channel(Families out, Path row, String[] labels) throws IOException {
    String[] names = {"controller", "csrow", "channel", "dimm_label"};
    out.counter(
            "node_edac_channel_correctable_errors_total",
            "Total correctable memory errors for this channel.",
            names)
        .add(fs.number(row.resolve("ch" + labels[2] + COUNT)), labels);
    String uncorrectable = fs.valueIfReadable(row.resolve("ch" + labels[2] + "_ue_count"));
    if (uncorrectable != null) {
      out.counter(
              "node_edac_channel_uncorrectable_errors_total",
              "Total uncorrectable memory errors for this channel.",
              names)
          .add(KernelText.unsigned(uncorrectable), labels);
    }
  }

  private String dimm(Path row, String channel) throws IOException {
    String label = fs.valueIfReadable(row.resolve("ch" + channel + "_dimm_label"));
    return label == null
        ? "unknown"
        : label.replace("#", "").replace("csrow", "_csrow").replace("channel", "_channel");
  }
}
