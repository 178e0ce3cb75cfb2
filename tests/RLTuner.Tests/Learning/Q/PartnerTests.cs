using RLTuner.Learning;

namespace RLTuner.Tests.Learning.Q;

public sealed class PartnerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_share_is_done_once_before_work_goes_on(int threads)
    {
        Partner partner = new(threads);
        int[] done = new int[32];
        Action<int, int> work = (share, _) => done[16 * share]++;
        partner.Both(work);
        partner.Start();
        for (int i = 2; i < 20_000; i++)
        {
            partner.Both(work);
            Assert.Equal((i, i), (done[0], done[16]));
        }

        // Long enough for the thread to fall asleep.
        Thread.Sleep(20);
        partner.Both(work);
        partner.Stop();
        partner.Both(work);
        Assert.Equal((20_001, 20_001), (done[0], done[16]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void What_one_share_throws_reaches_the_caller(int throwing)
    {
        Partner partner = new(threads: 2);
        partner.Start();
        for (int i = 0; i < 100; i++)
        {
            Assert.Throws<InvalidOperationException>(() => partner.Both((share, _) =>
            {
                if (share == throwing)
                {
                    throw new InvalidOperationException("as asked");
                }
            }));
        }

        int[] done = new int[2];
        partner.Both((share, _) => done[share]++);
        partner.Stop();
        Assert.Equal([1, 1], done);
    }
}
