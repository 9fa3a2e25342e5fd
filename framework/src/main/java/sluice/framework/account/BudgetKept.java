package sluice.framework.account;

/**
 * How closely a task kept to the budget of one layer.
 *
 * @param share of the layer's units that the task may have open
 * @param limit the same in units: never exceeded
 * @param expectedShare mean open probability of the layer's gates at the last step, in [0, 1]
 * @param wantedUnits units that the gates alone would have opened
 * @param multiplier of the constraint at the last step, at least 0: what the budget costs at the margin, 0 where it did
 *     not bind
 */
public record BudgetKept(double share, int limit, double expectedShare, int wantedUnits, double multiplier) {
    /** {@return units that were closed at consolidation because the gates opened more than the limit} */
    public int closedUnits() {
        return Math.max(0, wantedUnits - limit);
    }
}
