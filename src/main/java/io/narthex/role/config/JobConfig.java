package io.narthex.role.config;

import io.narthex.discovery.DiscoveryConfig;
import io.narthex.io.http.HttpClientConfig;
import io.narthex.scrape.ScrapeConfig;
import java.util.List;

/// One job: what to scrape how, and how to find it.
public record JobConfig(
    ScrapeConfig scrape, HttpClientConfig client, List<DiscoveryConfig> discovery) {

  public JobConfig {
    discovery = List.copyOf(discovery);
  }

  /// The job's name.
  public String name() {
    return scrape.jobName();
  }

  /// How often it is scraped.
  public long intervalMs() {
    return scrape.intervalMs();
  }
}
