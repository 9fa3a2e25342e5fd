package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import sluice.framework.strategy.Forecast;

/**
 * What the runs of a script will take, and what will surprise in them.
 *
 * @param runs one for a plain script, one per run of a comparison, in order
 * @param warnings lines {@code file:line: key: ...}
 */
public record Forecasts(ImmutableList<Forecast> runs, ImmutableList<String> warnings) {}
