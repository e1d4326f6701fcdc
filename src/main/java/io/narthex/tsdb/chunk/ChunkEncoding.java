package io.narthex.tsdb.chunk;

/// The encoding bytes of chunks. Plain numbers, because that is what chunk tables hold.
public final class ChunkEncoding {

  public static final int XOR = 1;
  public static final int HISTOGRAM = 2;
  public static final int FLOAT_HISTOGRAM = 3;
  public static final int XOR2 = 4;
  public static final int HISTOGRAM_ST = 5;
  public static final int FLOAT_HISTOGRAM_ST = 6;

  private ChunkEncoding() {}

  /// The field's name of an encoding.
  public static String name(int encoding) {
    return switch (encoding) {
      case XOR -> "XOR";
      case HISTOGRAM -> "histogram";
      case FLOAT_HISTOGRAM -> "floathistogram";
      case XOR2 -> "XOR2";
      case HISTOGRAM_ST -> "histogramST";
      case FLOAT_HISTOGRAM_ST -> "floathistogramST";
      default -> "unknown encoding " + encoding;
    };
  }

  /// Whether the samples of a chunk are histograms of either kind.
  public static boolean isHistogram(int encoding) {
    return encoding == HISTOGRAM
        || encoding == FLOAT_HISTOGRAM
        || encoding == HISTOGRAM_ST
        || encoding == FLOAT_HISTOGRAM_ST;
  }
}
