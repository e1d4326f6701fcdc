package io.narthex.tsdb.agent;

import io.narthex.io.disk.Disk;
import io.narthex.model.labels.Labels;
import io.narthex.model.sample.FloatHistogram;
import io.narthex.model.sample.Metadata;
import io.narthex.tsdb.wal.RecordDecoder;
import io.narthex.tsdb.wal.RecordSink;
import io.narthex.tsdb.wal.SampleColumns;
import io.narthex.tsdb.wal.WalFiles;
import io.narthex.tsdb.wal.WalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// All that stands in a log, as texts, checkpoint first.
final class AgentLog implements RecordSink {

  final List<String> series = new ArrayList<>();
  final List<String> samples = new ArrayList<>();
  final List<String> others = new ArrayList<>();

  static AgentLog of(Path wal) {
    AgentLog log = new AgentLog();
    Disk disk = Disk.system();
    WalFiles.Numbered checkpoint = WalFiles.lastCheckpoint(disk, wal);
    if (checkpoint != null) {
      log.read(disk, WalFiles.segments(disk, checkpoint.path()));
    }
    log.read(disk, WalFiles.segments(disk, wal));
    return log;
  }

  private void read(Disk disk, List<WalFiles.Numbered> segments) {
    try (WalReader reader = new WalReader(disk, segments)) {
      RecordDecoder decoder = new RecordDecoder(this);
      while (reader.next()) {
        decoder.decode(reader.record(), reader.length());
      }
    }
  }

  @Override
  public void series(long ref, Labels labels) {
    series.add(ref + " " + labels);
  }

  @Override
  public void samples(SampleColumns columns) {
    for (int i = 0; i < columns.size; i++) {
      long startMs = columns.startsMs == null ? 0 : columns.startsMs[i];
      samples.add(
          columns.refs[i] + " " + columns.timesMs[i] + " " + columns.values[i] + start(startMs));
    }
  }

  private static String start(long startMs) {
    return startMs == 0 ? "" : " since " + startMs;
  }

  @Override
  public void histogram(long ref, long tMs, FloatHistogram histogram, long startMs) {
    others.add("histogram " + ref + " " + tMs + " " + histogram.count + start(startMs));
  }

  @Override
  public void tombstone(long ref, long minMs, long maxMs) {
    others.add("tombstone " + ref);
  }

  @Override
  public void exemplar(long ref, long tMs, double value, Labels labels) {
    others.add("exemplar " + ref + " " + tMs + " " + value + " " + labels);
  }

  @Override
  public void metadata(long ref, Metadata metadata) {
    others.add("metadata " + ref + " " + metadata.help());
  }

  @Override
  public void minValid(long minMs) {
    others.add("min valid " + minMs);
  }
}
