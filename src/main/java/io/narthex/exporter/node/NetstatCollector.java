package io.narthex.exporter.node;

import io.narthex.exporter.Collector;
import io.narthex.exporter.Families;
import io.narthex.exporter.KernelText;
import io.narthex.exporter.ProcFs;
import io.narthex.model.labels.LabelRegex;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/// `netstat`: protocol counters of `/proc/net/netstat`, `snmp` and `snmp6` that an expression
/// chooses by `Protocol_Field`.
final class NetstatCollector implements Collector {

  private final ProcFs fs;
  private final FieldChoice wanted;

  NetstatCollector(ProcFs fs, LabelRegex wanted) {
    this.fs = fs;
    this.wanted = new FieldChoice(wanted);
  }

  @Override
  public String name() {
    return "netstat";
  }

  @Override
  public void collect(Families out) throws IOException {
    pairsOfLines(out, "net/netstat");
    pairsOfLines(out, "net/snmp");
    List<String> snmp6;
    try {
      snmp6 = KernelText.lines(fs.read(fs.proc("net/snmp6")));
    } catch (NoSuchFileException e) {
      // A kernel without IPv6.
      return;
    }
    for (String line : snmp6) {
      List<String> fields = KernelText.fields(line);
      int six = fields.size() < 2 ? -1 : fields.getFirst().indexOf('6');
      if (six >= 0) {
        String key = fields.getFirst();
        add(out, key.substring(0, six + 1), key.substring(six + 1), fields.get(1));
      }
    }
  }

  /// A line of names, then one of their values.
  private void pairsOfLines(Families out, String file) throws IOException {
    List<String> lines = KernelText.lines(fs.read(fs.proc(file)));
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      List<String> names = KernelText.fields(lines.get(i));
      List<String> values = KernelText.fields(lines.get(i + 1));
      if (names.isEmpty() || names.size() != values.size()) {
        throw new IOException("mismatch field count mismatch in " + file + ": " + names);
      }
      String protocol = names.getFirst().replace(":", "");
      for (int f = 1; f < names.size(); f++) {
        add(out, protocol, names.get(f), values.get(f));
      }
    }
  }

  private void add(Families out, String protocol, String field, String value) throws IOException {
    String key = protocol + '_' + field;
    if (wanted.includes(key)) {
      out.untyped("node_netstat_" + key, "Statistic " + protocol + field + ".")
          .add(KernelText.decimal(value));
    }
  }
}
