package sluice.tasks.images;

/** One value of a pixel. */
enum Channel {
    /** ITU-R Rec. 601, luma of red, green and blue. */
    GREY {
        @Override
        double of(double red, double green, double blue) {
            return 0.299 * red + 0.587 * green + 0.114 * blue;
        }
    },
    RED {
        @Override
        double of(double red, double green, double blue) {
            return red;
        }
    },
    GREEN {
        @Override
        double of(double red, double green, double blue) {
            return green;
        }
    },
    BLUE {
        @Override
        double of(double red, double green, double blue) {
            return blue;
        }
    };

    /** Its value where a pixel has these. */
    abstract double of(double red, double green, double blue);
}
