package io.narthex.scrape;

import io.narthex.discovery.TargetGroup;
import java.util.List;

/// Whether target groups make targets of a job, without scraping any.
public final class TargetCheck {

  private TargetCheck() {}

  /// What keeps targets of `groups` from being scraped, one message for each, in Prometheus'
  /// wording; empty if all is well.
  public static List<String> mistakes(ScrapeConfig job, List<TargetGroup> groups) {
    return new TargetBuilder(job).build(groups).errors();
  }
}
