package sluice.evaluation;

/** What the lines of a file are grouped by. */
record Run(String strategy, long seed) {
    @Override
    public String toString() {
        return "strategy " + Printable.quoted(strategy) + ", seed " + seed;
    }
}
