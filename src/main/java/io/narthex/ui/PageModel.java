package io.narthex.ui;

import java.util.List;

/// What the pages show, asked for anew on each request.
///
/// Thread rule: called from worker threads, several at a time; a call may take as long as reading
/// the head's statistics takes.
public interface PageModel {

  BuildView build();

  RuntimeView runtime();

  /// Scrape pools in the order to show, each with its active targets.
  List<TargetPoolView> targetPools();

  /// The same pools as service discovery sees them, before and after relabelling.
  List<DiscoveryPoolView> discoveryPools();

  /// Head statistics with at most `limit` rows in each list; `limit` is at least 1.
  TsdbStatusView tsdbStatus(int limit);

  /// The running configuration as YAML, its secrets hidden.
  String configYaml();

  /// All flags, sorted by name.
  List<FlagView> flags();
}
