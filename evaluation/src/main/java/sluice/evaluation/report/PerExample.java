package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import sluice.evaluation.run.BudgetPoint;
import sluice.evaluation.run.GateShare;
import sluice.evaluation.run.StoppedExample;

/**
 * What a run's folder holds of a network that decides example by example what is computed.
 *
 * @param budgets what it answers right for what
 * @param gates how often they are open for each class
 * @param stopped examples by how far they went
 */
record PerExample(
        ImmutableList<BudgetPoint> budgets, ImmutableList<GateShare> gates, ImmutableList<StoppedExample> stopped) {
    static final PerExample NONE = new PerExample(ImmutableList.of(), ImmutableList.of(), ImmutableList.of());
}
