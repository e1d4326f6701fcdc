package io.narthex.scrape;

import io.narthex.model.labels.NameEscaping;
import java.util.List;

/// The `Accept` header of a scrape.
final class AcceptHeader {

  private AcceptHeader() {}

  /// The formats in order, their weights falling by a tenth, and last anything at all. The newer
  /// text formats are told how names are to be escaped.
  static String of(List<ScrapeProtocol> protocols, NameEscaping escaping) {
    StringBuilder out = new StringBuilder();
    int tenths = ScrapeProtocol.values().length + 1;
    for (ScrapeProtocol protocol : protocols) {
      out.append(protocol.header());
      if (protocol == ScrapeProtocol.PROMETHEUS_TEXT_1_0_0
          || protocol == ScrapeProtocol.OPEN_METRICS_TEXT_1_0_0) {
        out.append(";escaping=").append(escaping.text());
      }
      out.append(";q=0.").append(tenths--).append(',');
    }
    return out.append("*/*;q=0.").append(tenths).toString();
  }
}
