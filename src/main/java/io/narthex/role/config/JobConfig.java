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
}
