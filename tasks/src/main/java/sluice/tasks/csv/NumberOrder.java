package sluice.tasks.csv;

/** Decimal numbers, smaller ones first. */
record NumberOrder() implements ValueOrder {
    @Override
    public boolean reads(String cell) {
        return Double.isFinite(place(cell));
    }

    @Override
    public double place(String cell) {
        return Decimals.real(cell);
    }

    @Override
    public String name(String cell) {
        return TaskRanges.text(place(cell));
    }

    @Override
    public String wanted() {
        return "a finite number such as 1990 or 2.5";
    }

    @Override
    public String remedy() {
        return "mend it, or, of dates, say how they are written (task_column: {format: yyyy-MM-dd})";
    }

    @Override
    public String before() {
        return "below";
    }
}
