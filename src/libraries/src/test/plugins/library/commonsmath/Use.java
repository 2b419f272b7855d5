package library.commonsmath;

import java.util.Locale;
import library.LibraryPlugin;
import org.apache.commons.math3.fitting.PolynomialCurveFitter;
import org.apache.commons.math3.fitting.WeightedObservedPoints;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/** Statistics, equations, and a curve through points. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        double[] solution = new LUDecomposition(MatrixUtils.createRealMatrix(new double[][] {{2, 1}, {1, 3}}))
                .getSolver()
                .solve(MatrixUtils.createRealVector(new double[] {3, 5}))
                .toArray();
        WeightedObservedPoints points = new WeightedObservedPoints();
        for (int x = 0; x < 5; x++) {
            points.add(x, x * x + 1);
        }
        double[] curve = PolynomialCurveFitter.create(2).fit(points.toList());
        double deviation = new DescriptiveStatistics(new double[] {2, 4, 4, 4, 5, 5, 7, 9}).getPopulationVariance();
        return String.format(
                Locale.ROOT, "%.3f %.3f; %.3f %.3f; %.3f", solution[0], solution[1], curve[0], curve[2], deviation);
    }
}
