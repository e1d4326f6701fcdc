package io.narthex.promql.ast;

/// Parts of the language that stand behind `--enable-feature`.
public record Features(
    boolean experimentalFunctions,
    boolean extendedRangeSelectors,
    boolean binopFillModifiers,
    boolean delayedNameRemoval,
    boolean startTimestamps,
    boolean typeAndUnitLabels) {

  /// A plain server.
  public static final Features NONE = new Features(false, false, false, false, false, false);

  /// Everything on, as the language's own tests have it.
  public static final Features ALL = new Features(true, true, true, true, true, true);
}
