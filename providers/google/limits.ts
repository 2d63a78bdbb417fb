export const reviewPlan = () => [];
